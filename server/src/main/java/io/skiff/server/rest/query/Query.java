package io.skiff.server.rest.query;

import io.skiff.index.SparseVector;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** A query of the search language. */
public sealed interface Query {
    /** The name of its kind in requests. */
    String kind();

    /** Factor on the score, finite and not negative. */
    float boost();

    /** Every document, with the boost as its score. */
    record MatchAll(float boost) implements Query {
        @Override
        public String kind() {
            return "match_all";
        }
    }

    /** No document. */
    record MatchNone(float boost) implements Query {
        @Override
        public String kind() {
            return "match_none";
        }
    }

    /** How many words of a text a document needs. */
    enum Operator {
        /** One, or as many as {@link MinimumShouldMatch} says. */
        OR,
        /** All. */
        AND
    }

    /** Words, to be encoded as the field's documents were. */
    record Match(
            String field, String text, Operator operator, Optional<MinimumShouldMatch> minimumShouldMatch, float boost)
            implements Query {
        @Override
        public String kind() {
            return "match";
        }
    }

    /** How the scores of several fields become one. */
    enum MultiMatchType {
        /** The best one, and {@code tie_breaker} times the others. */
        BEST_FIELDS,
        /** Their sum. */
        MOST_FIELDS
    }

    /** A field and a factor on its score. */
    record WeightedField(String field, float boost) {}

    /** Words in several fields. */
    record MultiMatch(
            String text,
            List<WeightedField> fields,
            MultiMatchType type,
            Operator operator,
            Optional<MinimumShouldMatch> minimumShouldMatch,
            float tieBreaker,
            float boost)
            implements Query {
        /** Copies the list. */
        public MultiMatch {
            fields = List.copyOf(fields);
        }

        @Override
        public String kind() {
            return "multi_match";
        }
    }

    /** Documents with a value in a field. */
    record Term(String field, String value, boolean caseInsensitive, float boost) implements Query {
        @Override
        public String kind() {
            return "term";
        }
    }

    /** Documents with one of several values in a field. */
    record Terms(String field, List<String> values, float boost) implements Query {
        /** Copies the list. */
        public Terms {
            values = List.copyOf(values);
        }

        @Override
        public String kind() {
            return "terms";
        }
    }

    /** An end of a range. */
    record Bound(String value, boolean inclusive) {}

    /**
     * Documents with a value in a range.
     *
     * @param format how dates are written here, if not as the field has it
     * @param zone of dates that are written without one, UTC if empty
     */
    record Range(
            String field,
            Optional<Bound> lower,
            Optional<Bound> upper,
            Optional<String> format,
            Optional<ZoneId> zone,
            float boost)
            implements Query {
        @Override
        public String kind() {
            return "range";
        }
    }

    /** Documents with any value in a field. */
    record Exists(String field, float boost) implements Query {
        @Override
        public String kind() {
            return "exists";
        }
    }

    /** Documents of these ids. */
    record Ids(List<String> values, float boost) implements Query {
        /** Copies the list. */
        public Ids {
            values = List.copyOf(values);
        }

        @Override
        public String kind() {
            return "ids";
        }
    }

    /** Documents with a value in a field that begins so. */
    record Prefix(String field, String value, boolean caseInsensitive, float boost) implements Query {
        @Override
        public String kind() {
            return "prefix";
        }
    }

    /** Queries together. */
    record Bool(
            List<Query> must,
            List<Query> should,
            List<Query> filter,
            List<Query> mustNot,
            Optional<MinimumShouldMatch> minimumShouldMatch,
            float boost)
            implements Query {
        /** Copies the lists. */
        public Bool {
            must = List.copyOf(must);
            should = List.copyOf(should);
            filter = List.copyOf(filter);
            mustNot = List.copyOf(mustNot);
        }

        @Override
        public String kind() {
            return "bool";
        }
    }

    /** Documents that match, each with the boost as its score. */
    record ConstantScore(Query filter, float boost) implements Query {
        @Override
        public String kind() {
            return "constant_score";
        }
    }

    /** Where a sparse vector comes from. */
    sealed interface VectorSource {
        /** The caller has made it. */
        record Given(SparseVector vector) implements VectorSource {}

        /**
         * A model makes it from a text.
         *
         * @param inferenceId the model; that of the field if empty
         */
        record Inferred(Optional<String> inferenceId, String text) implements VectorSource {}
    }

    /**
     * The dot product with a vector.
     *
     * @param kind of query that it was asked for by: several mean the same
     * @param pruning which tokens to leave out; as the field's mapping says if empty
     */
    record Sparse(String kind, String field, VectorSource source, Optional<TokenPruning> pruning, float boost)
            implements Query {}

    /**
     * Which tokens of a query's vector to leave out: those that are more frequent than the mean by a factor and weigh
     * less than a part of the heaviest.
     *
     * @param prune whether to leave out any
     * @param frequencyRatioThreshold the factor, 1 to 100
     * @param weightThreshold the part, 0 to 1
     * @param onlyScorePruned take those tokens alone, for rescoring
     */
    record TokenPruning(boolean prune, float frequencyRatioThreshold, float weightThreshold, boolean onlyScorePruned) {
        /** Elasticsearch's. */
        public static final float DEFAULT_FREQUENCY_RATIO_THRESHOLD = 5;

        /** Elasticsearch's. */
        public static final float DEFAULT_WEIGHT_THRESHOLD = 0.4f;

        /** Nothing is left out. */
        public static final TokenPruning NONE =
                new TokenPruning(false, DEFAULT_FREQUENCY_RATIO_THRESHOLD, DEFAULT_WEIGHT_THRESHOLD, false);
    }
}
