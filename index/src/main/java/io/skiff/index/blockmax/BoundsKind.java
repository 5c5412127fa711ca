package io.skiff.index.blockmax;

/** How the bounds of a term are written. */
public enum BoundsKind {
    /** One bit per block and one byte per set bit: {@link DenseBoundsLayout}. */
    DENSE(0),
    /** Pairs of gap and maximum: {@link GapBoundsLayout}. */
    GAPS(1),
    /** One word per block with the term: {@link ListBoundsLayout}. */
    LIST(2);

    private final int code;

    BoundsKind(int code) {
        this.code = code;
    }

    /** What the term table holds. */
    int code() {
        return code;
    }

    static BoundsKind of(int code) {
        return switch (code) {
            case 0 -> DENSE;
            case 1 -> GAPS;
            case 2 -> LIST;
            default -> throw new IllegalArgumentException("no kind of bounds has the code " + code);
        };
    }
}
