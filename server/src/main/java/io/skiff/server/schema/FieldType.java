package io.skiff.server.schema;

import java.util.Optional;

/** What the values of a field are, and how they are searched. */
public sealed interface FieldType {
    /** The name of the type in mappings. */
    String name();

    /** Whether values are kept in a column, for filters and sorting. */
    default boolean isColumn() {
        return false;
    }

    /**
     * Tokens with weights.
     *
     * @param name {@link #SPARSE_VECTOR} or {@link #RANK_FEATURES}, which are the same but for what clients know
     * @param pruning how queries leave out tokens unless they say otherwise
     */
    record SparseVectorType(String name, Optional<Pruning> pruning) implements FieldType {
        /** Elasticsearch's name. */
        public static final String SPARSE_VECTOR = "sparse_vector";

        /** OpenSearch's name, under which {@code neural_sparse} finds its vectors. */
        public static final String RANK_FEATURES = "rank_features";

        /** Of Elasticsearch's name. */
        public SparseVectorType(Optional<Pruning> pruning) {
            this(SPARSE_VECTOR, pruning);
        }
    }

    /**
     * {@code index_options} of a sparse vector.
     *
     * @param prune whether to leave out tokens at all
     * @param frequencyRatioThreshold leave out tokens more frequent than the mean by this factor, 1 to 100, which also
     * @param weightThreshold weigh less than this part of the heaviest, 0 to 1
     */
    record Pruning(boolean prune, Optional<Float> frequencyRatioThreshold, Optional<Float> weightThreshold) {}

    /** Words, found by BM25. */
    record TextType(Analyzer analyzer) implements FieldType {
        @Override
        public String name() {
            return "text";
        }
    }

    /** How a text becomes words. */
    enum Analyzer {
        /** Words as they are, in small letters. */
        STANDARD,
        /** Without stop words and endings. */
        ENGLISH
    }

    /**
     * Words, found by what a model makes of them.
     *
     * @param inferenceId the model that encodes documents
     * @param searchInferenceId the model that encodes queries, if another
     */
    record SemanticTextType(String inferenceId, Optional<String> searchInferenceId) implements FieldType {
        @Override
        public String name() {
            return "semantic_text";
        }
    }

    /**
     * A string as a whole.
     *
     * @param ignoreAbove longer ones, in characters, are kept in the source alone
     */
    record KeywordType(int ignoreAbove) implements FieldType {
        /** No limit but that on the bytes of a value. */
        public static final int UNLIMITED = Integer.MAX_VALUE;

        @Override
        public String name() {
            return "keyword";
        }

        @Override
        public boolean isColumn() {
            return true;
        }
    }

    /**
     * A number.
     *
     * @param coerce take strings that are numbers, and cut off decimals of whole numbers
     */
    record NumberType(NumberKind kind, boolean coerce) implements FieldType {
        @Override
        public String name() {
            return kind.mappingName();
        }

        @Override
        public boolean isColumn() {
            return true;
        }
    }

    /** {@code true} or {@code false}. */
    record BooleanType() implements FieldType {
        @Override
        public String name() {
            return "boolean";
        }

        @Override
        public boolean isColumn() {
            return true;
        }
    }

    /** A moment, to the millisecond. */
    record DateType(DateFormat format) implements FieldType {
        @Override
        public String name() {
            return "date";
        }

        @Override
        public boolean isColumn() {
            return true;
        }
    }
}
