package io.skiff.index.columns;

/** Numbers as longs in the same order, which is how columns keep them. */
final class SortableNumbers {
    private SortableNumbers() {}

    static long encode(ColumnValue value) {
        return switch (value) {
            case ColumnValue.Whole(long whole) -> whole;
            case ColumnValue.Real(double real) -> flip(Double.doubleToLongBits(real));
            case ColumnValue.Keyword keyword -> throw new IllegalArgumentException("a keyword is no number");
        };
    }

    static double decodeReal(long sortable) {
        return Double.longBitsToDouble(flip(sortable));
    }

    /** Negative doubles sort backwards by their bits: turn all of them but the sign. Its own inverse. */
    private static long flip(long bits) {
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
}
