package io.skiff.index.blockmax;

import java.nio.ByteBuffer;

/**
 * The bounds of a term of medium frequency: pairs of the distance to the previous block and the maximum there.
 *
 * <pre>
 *   0   +------------------------------------------+
 *       | gap      u8   from the block before      |   the first from block 0
 *   1   | maximum  u8   0 only after a gap of 255  |
 *   2   +------------------------------------------+
 *       | ...                                      |
 * </pre>
 *
 * <p>A gap of 255 or more is written as pairs (255, 0) before the last one, which a reader need not know: it adds
 * a maximum of 0 at a block on the way.
 */
public final class GapBoundsLayout {
    static final int GAP_OFFSET = 0;
    static final int MAXIMUM_OFFSET = GAP_OFFSET + Byte.BYTES;

    /** Size of one pair. */
    public static final int BYTES = MAXIMUM_OFFSET + Byte.BYTES;

    /** The gap that carries no maximum. */
    static final int SKIP = 255;

    private GapBoundsLayout() {}

    /** Writes the pair, or the pairs, of a block with a maximum. */
    static void put(ByteBuffer pairs, int gap, int maximum) {
        int rest = gap;
        for (; rest >= SKIP; rest -= SKIP) {
            pairs.put((byte) SKIP).put((byte) 0);
        }
        pairs.put((byte) rest).put((byte) maximum);
    }
}
