package io.skiff.server.rest.search;

import io.skiff.index.SegmentReader;
import io.skiff.index.columns.ColumnReader;
import io.skiff.index.columns.ColumnType;
import io.skiff.index.columns.ColumnValue;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.plan.SegmentColumns;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/** A key of the order of hits as an index has it: where documents find their values, and how these compare. */
sealed interface SortField {
    /** Whether the largest comes first. */
    boolean descending();

    /** How values are written and read. */
    SortFormat format();

    /** The value that stands for one that is missing; null for no keyword. */
    default ColumnValue missing() {
        throw RestException.illegalArgument("[search_after] has null for a key that every document has a value of");
    }

    /**
     * The value that a search goes on after.
     *
     * @param text as the answer had it; empty for null
     */
    default ColumnValue parse(Optional<String> text) {
        return text.isPresent() ? format().parse("[search_after]", text.get()) : missing();
    }

    /** The values of the documents of a segment. */
    SegmentKey key(SegmentReader segment, long firstOrdinal);

    /** The values of one key in a segment. */
    interface SegmentKey {
        /** The value of a document; null for a keyword that is missing. */
        ColumnValue value(int docId, double score);

        /** Where a value, perhaps of another segment, stands among the documents of this one. */
        Place place(ColumnValue value);
    }

    /** A place in the order of documents. */
    interface Place {
        /** Less than 0 for a document that stands before it, more than 0 for one behind it. */
        int compare(int docId, double score);
    }

    /** Which of two values comes first, in the sign of the result; nulls as the key says. */
    default int compare(ColumnValue a, ColumnValue b) {
        int order = switch (a) {
            case ColumnValue.Keyword(String text) -> compareText(text, ((ColumnValue.Keyword) b).value());
            case ColumnValue.Whole(long whole) -> Long.compare(whole, ((ColumnValue.Whole) b).value());
            case ColumnValue.Real(double real) -> Double.compare(real, ((ColumnValue.Real) b).value());
        };
        return descending() ? -order : order;
    }

    /** In the order of code points, which is that of the bytes of UTF-8. */
    private static int compareText(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
                return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** By the score, as the answer shows it. */
    record ByScore(boolean descending) implements SortField {
        @Override
        public SortFormat format() {
            return SortFormat.of(ColumnType.REAL);
        }

        @Override
        public SegmentKey key(SegmentReader segment, long firstOrdinal) {
            return new SegmentKey() {
                @Override
                public ColumnValue value(int docId, double score) {
                    return new ColumnValue.Real(ShownScore.of(score));
                }

                @Override
                public Place place(ColumnValue value) {
                    double bound = ((ColumnValue.Real) value).value();
                    return descending
                            ? (docId, score) -> Double.compare(bound, ShownScore.of(score))
                            : (docId, score) -> Double.compare(ShownScore.of(score), bound);
                }
            };
        }
    }

    /** By order of insertion. */
    record ByInsertion(boolean descending) implements SortField {
        @Override
        public SortFormat format() {
            return SortFormat.of(ColumnType.WHOLE);
        }

        @Override
        public SegmentKey key(SegmentReader segment, long firstOrdinal) {
            IntToLongFunction ordinal = docId -> firstOrdinal + docId;
            return new SegmentKey() {
                @Override
                public ColumnValue value(int docId, double score) {
                    return new ColumnValue.Whole(ordinal.applyAsLong(docId));
                }

                @Override
                public Place place(ColumnValue value) {
                    long bound = ((ColumnValue.Whole) value).value();
                    return descending
                            ? (docId, score) -> Long.compare(bound, ordinal.applyAsLong(docId))
                            : (docId, score) -> Long.compare(ordinal.applyAsLong(docId), bound);
                }
            };
        }
    }

    /**
     * By the values of a column.
     *
     * @param largestCounts whether the largest of several values counts, not the least
     * @param missing what documents without a value are taken to have; null for no keyword
     * @param missingFirst whether those without a keyword come first
     * @param format how values are written and read
     */
    record ByColumn(
            String column,
            boolean descending,
            boolean largestCounts,
            ColumnValue missing,
            boolean missingFirst,
            SortFormat format)
            implements SortField {
        @Override
        public int compare(ColumnValue a, ColumnValue b) {
            if (a != null && b != null) {
                return SortField.super.compare(a, b);
            }
            int order = Boolean.compare(a == null, b == null);
            return missingFirst ? -order : order;
        }

        @Override
        public SegmentKey key(SegmentReader segment, long firstOrdinal) {
            ColumnReader reader = SegmentColumns.column(segment, column).orElse(null);
            return new SegmentKey() {
                private int ordinal(int docId) {
                    if (reader == null) {
                        return -1;
                    }
                    return largestCounts ? reader.lastOrdinal(docId) : reader.firstOrdinal(docId);
                }

                @Override
                public ColumnValue value(int docId, double score) {
                    int ordinal = ordinal(docId);
                    return ordinal < 0 ? missing : reader.value(ordinal);
                }

                @Override
                public Place place(ColumnValue value) {
                    int ofMissing = compare(missing, value);
                    if (reader == null) {
                        return (docId, score) -> ofMissing;
                    }
                    if (value == null) {
                        int ofPresent = missingFirst ? 1 : -1;
                        return (docId, score) -> ordinal(docId) < 0 ? ofMissing : ofPresent;
                    }
                    int ceiling = reader.ceiling(value);
                    boolean isThere = ceiling < reader.valueCount()
                            && reader.value(ceiling).equals(value);
                    int sign = descending ? -1 : 1;
                    return (docId, score) -> {
                        int ordinal = ordinal(docId);
                        if (ordinal < 0) {
                            return ofMissing;
                        }
                        int order = ordinal < ceiling ? -1 : ordinal == ceiling && isThere ? 0 : 1;
                        return sign * order;
                    };
                }
            };
        }
    }
}
