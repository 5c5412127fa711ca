package io.skiff.server.rest.search;

import io.skiff.scoring.Hit;
import io.skiff.server.rest.explain.Normalization;
import io.skiff.server.rest.query.Query;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How hits are found: by one query, or by several searches whose hits become one list. */
sealed interface Retriever {
    /** Documents that the hits must be among, whatever finds them. */
    List<Query> filter();

    /** Hits of a lower score are none. */
    Optional<Float> minScore();

    /** A query, as in a search. */
    record Standard(Optional<Query> query, List<Query> filter, Optional<Float> minScore, List<SortKey> sort)
            implements Retriever {
        public Standard {
            filter = List.copyOf(filter);
            sort = List.copyOf(sort);
        }
    }

    /** How scores are brought to one scale. */
    enum Normalizer {
        /** Not at all. */
        NONE,
        /** To 0..1, from the least to the largest of the list. */
        MINMAX,
        /** Divided by the length of the list of scores as a vector. */
        L2_NORM;

        /** For a list by descending score. */
        Normalization of(List<Hit> hits) {
            return Normalization.of(Normalization.Kind.valueOf(name()), hits);
        }
    }

    /** One of several. */
    record Part(Retriever retriever, float weight, Normalizer normalizer) {}

    /**
     * Reciprocal rank fusion: a document scores the sum of {@code weight / (rankConstant + rank)} over the lists it is
     * in (Cormack, Clarke and Buettcher, SIGIR 2009).
     *
     * @param windowSize hits of each list that count; as many as the search gives if empty
     */
    record ReciprocalRank(
            List<Part> parts, int rankConstant, OptionalInt windowSize, List<Query> filter, Optional<Float> minScore)
            implements Retriever {
        public ReciprocalRank {
            parts = List.copyOf(parts);
            filter = List.copyOf(filter);
        }
    }

    /**
     * A weighted sum of normalized scores.
     *
     * @param windowSize hits of each list that count; as many as the search gives if empty
     */
    record Linear(List<Part> parts, OptionalInt windowSize, List<Query> filter, Optional<Float> minScore)
            implements Retriever {
        public Linear {
            parts = List.copyOf(parts);
            filter = List.copyOf(filter);
        }
    }
}
