package io.skiff.index.columns;

import java.util.List;
import java.util.Optional;

/** Which documents are wanted, by the values of their columns. */
public sealed interface Filter {
    /** Every document. */
    record All() implements Filter {}

    /** Those with one of these values in a column. */
    record AnyOf(String column, List<ColumnValue> values) implements Filter {
        /** Copies the list. */
        public AnyOf {
            values = List.copyOf(values);
        }
    }

    /** An end of a range. */
    record Bound(ColumnValue value, boolean inclusive) {}

    /** Those with a value in a range in a column. */
    record Range(String column, Optional<Bound> lower, Optional<Bound> upper) implements Filter {}

    /** Those with any value in a column. */
    record Exists(String column) implements Filter {}

    /** Those with a keyword that begins so in a column. */
    record Prefix(String column, String prefix) implements Filter {}

    /** Those that are in all of these; every document if there are none. */
    record And(List<Filter> filters) implements Filter {
        /** Copies the list. */
        public And {
            filters = List.copyOf(filters);
        }
    }

    /** Those that are in one of these at least. */
    record Or(List<Filter> filters) implements Filter {
        /** Copies the list. */
        public Or {
            filters = List.copyOf(filters);
        }
    }

    /** Those that are not in this one. */
    record Not(Filter filter) implements Filter {}

    /** Those that are in so many of these at least. */
    record AtLeast(int count, List<Filter> filters) implements Filter {
        /** Copies the list. */
        public AtLeast {
            filters = List.copyOf(filters);
        }
    }
}
