package io.skiff.server.rest.search;

import java.util.Optional;

/** One key of the order of hits. */
sealed interface SortKey {
    /** Whether the largest comes first. */
    boolean descending();

    /** By the score. */
    record ByScore(boolean descending) implements SortKey {}

    /** By order of insertion, {@code _doc}. */
    record ByInsertion(boolean descending) implements SortKey {}

    /** Which of several values of a document counts. */
    enum Mode {
        MIN,
        MAX
    }

    /**
     * By the value of a field.
     *
     * @param mode the least value if ascending, the largest if descending, unless said otherwise
     * @param missing {@code _last}, {@code _first}, or the value that documents without one are taken to have
     * @param unmappedType the type to take the field for where the index has none of that name
     * @param format how dates are written in the answer
     */
    record ByField(
            String field,
            boolean descending,
            Mode mode,
            String missing,
            Optional<String> unmappedType,
            Optional<String> format)
            implements SortKey {
        static final String LAST = "_last";
        static final String FIRST = "_first";
    }
}
