package io.skiff.index.columns;

/** A value of a document in a column. */
public sealed interface ColumnValue {
    /** Longest keyword, in bytes of UTF-8 (Lucene's limit, and so Elasticsearch's). */
    int MAX_KEYWORD_BYTES = 32_766;

    /** A string, taken as a whole. */
    record Keyword(String value) implements ColumnValue {}

    /** A whole number; a date as milliseconds since 1970 UTC, a truth value as 0 or 1. */
    record Whole(long value) implements ColumnValue {}

    /** A number, not NaN. */
    record Real(double value) implements ColumnValue {
        /** Refuses NaN, which has no place in an order; turns -0 into 0, which is the same number. */
        public Real {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("a column holds no NaN");
            }
            value += 0.0;
        }
    }
}
