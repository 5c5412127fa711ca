package io.skiff.server.rest.plan;

import io.skiff.index.columns.DocBits;
import io.skiff.index.columns.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Documents of an index, by what they have: a filter, or what a query matches. Which those are, segments know. */
public sealed interface DocumentSet {
    /** Every document. */
    record All() implements DocumentSet {}

    /** Those with values in columns as a filter wants them. */
    record Columns(Filter filter) implements DocumentSet {}

    /**
     * Those with a keyword in a column that is, or begins with, a text, small and capital letters of ASCII being the same.
     *
     * @param prefix whether it may go on behind the text
     */
    record Keyword(String column, String text, boolean prefix) implements DocumentSet {}

    /** Those of some ids. */
    record Ids(List<String> ids) implements DocumentSet {
        /** Copies the list. */
        public Ids {
            ids = List.copyOf(ids);
        }
    }

    /**
     * Those with some of a field's tokens.
     *
     * @param tokens distinct
     * @param minimum how many of them, 1 or more
     */
    record Tokens(String field, List<String> tokens, int minimum) implements DocumentSet {
        /** Copies the list. */
        public Tokens {
            tokens = List.copyOf(tokens);
        }
    }

    /** Those with any token in a field. */
    record AnyToken(String field) implements DocumentSet {}

    /** Those that somebody has chosen, by position of their segment; none in segments that are not there. */
    record Chosen(Map<Integer, DocBits> bySegment) implements DocumentSet {
        /** Copies the map. */
        public Chosen {
            bySegment = Map.copyOf(bySegment);
        }
    }

    /** Those in all of some sets, of which there are two or more. */
    record And(List<DocumentSet> sets) implements DocumentSet {
        /** Copies the list. */
        public And {
            sets = List.copyOf(sets);
        }
    }

    /** Those in so many of some sets, 1 or more. */
    record AtLeast(int minimum, List<DocumentSet> sets) implements DocumentSet {
        /** Copies the list. */
        public AtLeast {
            sets = List.copyOf(sets);
        }
    }

    /** Those that are not in a set. */
    record Not(DocumentSet set) implements DocumentSet {}

    /** Every document. */
    static DocumentSet everything() {
        return new All();
    }

    /** No document. */
    static DocumentSet nothing() {
        return new AtLeast(1, List.of());
    }

    /** Whether it is known to have every document. */
    default boolean isEverything() {
        return this instanceof All;
    }

    /** Whether it is known to have none. */
    default boolean isNothing() {
        return this instanceof AtLeast(int minimum, List<DocumentSet> sets) && sets.isEmpty();
    }

    /** Those that are in this set and in another. */
    default DocumentSet and(DocumentSet other) {
        return all(List.of(this, other));
    }

    /** Those that are not in this set. */
    default DocumentSet not() {
        if (isEverything() || isNothing()) {
            return isEverything() ? nothing() : everything();
        }
        return this instanceof Not(DocumentSet inner) ? inner : new Not(this);
    }

    /** Those that are in all of some sets. */
    static DocumentSet all(List<DocumentSet> sets) {
        List<DocumentSet> parts = new ArrayList<>();
        for (DocumentSet set : sets) {
            if (set.isNothing()) {
                return nothing();
            }
            if (set instanceof And(List<DocumentSet> inner)) {
                parts.addAll(inner);
            } else if (!set.isEverything()) {
                parts.add(set);
            }
        }
        return switch (parts.size()) {
            case 0 -> everything();
            case 1 -> parts.getFirst();
            default -> new And(parts);
        };
    }

    /** Those that are in so many of some sets, perhaps none. */
    static DocumentSet atLeast(int minimum, List<DocumentSet> sets) {
        int needed = minimum;
        List<DocumentSet> parts = new ArrayList<>();
        for (DocumentSet set : sets) {
            if (set.isEverything()) {
                needed--;
            } else if (!set.isNothing()) {
                parts.add(set);
            }
        }
        if (needed <= 0) {
            return everything();
        }
        if (needed > parts.size()) {
            return nothing();
        }
        return needed == parts.size() ? all(parts) : new AtLeast(needed, parts);
    }
}
