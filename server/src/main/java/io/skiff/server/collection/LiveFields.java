package io.skiff.server.collection;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.TextAnalysis;
import io.skiff.server.schema.FieldType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the fields of a live index get their encoders: once, when their first texts come, and for good. */
final class LiveFields {
    /**
     * What BM25 takes as the average length before it has seen a text, in tokens. A weight in the index depends on the
     * average, so that it is fixed with the first texts of a field, few or many.
     */
    static final float EXPECTED_LENGTH = 50;

    /**
     * How many texts that counts for. A text is within a factor of 2 or so of its field's average, and that of a field,
     * titles or articles, within one of 4 or 5 of what is expected: the square of the ratio of their logarithms.
     */
    private static final double EXPECTED_LENGTH_COUNTS_FOR = 0.25;

    /** Elasticsearch's defaults, so that what was written to it is ranked here as there. */
    private static final Bm25Encoder.Parameters PARAMETERS = new Bm25Encoder.Parameters(1.2f, 0.75f);

    /** Texts that an average is taken of at most. */
    private static final int SAMPLE = 1_000;

    private final EncoderPool pool;
    private final InferenceModels models;

    LiveFields(EncoderPool pool, InferenceModels models) {
        this.pool = pool;
        this.models = models;
    }

    /** What a new field is to be encoded with, as attributes. */
    Map<String, String> choose(FieldType type, List<String> sample) throws IOException {
        return switch (type) {
            case FieldType.TextType text -> bm25(text, sample);
            case FieldType.SemanticTextType text ->
                models.require(text.inferenceId()).attributes();
            default -> throw new IllegalStateException("fields of type " + type.name() + " are not made from text");
        };
    }

    private static Map<String, String> bm25(FieldType.TextType type, List<String> sample) {
        TextAnalysis analysis = switch (type.analyzer()) {
            case STANDARD -> TextAnalysis.STANDARD;
            case ENGLISH -> TextAnalysis.ENGLISH;
        };
        long tokens = 0;
        int texts = 0;
        try (Bm25Encoder counter = Bm25Encoder.of(PARAMETERS, EXPECTED_LENGTH, analysis)) {
            for (String text : sample.subList(0, Math.min(SAMPLE, sample.size()))) {
                int length = counter.analyze(text).size();
                tokens += length;
                texts += length > 0 ? 1 : 0; // one without words is not in Lucene's average either
            }
        }
        try (Bm25Encoder encoder = Bm25Encoder.of(PARAMETERS, averageLength(tokens, texts), analysis)) {
            return encoder.attributes();
        }
    }

    /** The mean of the texts, drawn towards the expected length in the scale of logarithms; hardly so by many texts. */
    private static float averageLength(long tokens, int texts) {
        if (texts == 0) {
            return EXPECTED_LENGTH;
        }
        double mean = (double) tokens / texts;
        return (float) (mean
                * Math.pow(EXPECTED_LENGTH / mean, EXPECTED_LENGTH_COUNTS_FOR / (texts + EXPECTED_LENGTH_COUNTS_FOR)));
    }

    SparseEncoder open(Map<String, String> attributes) throws IOException {
        return pool.open(attributes);
    }

    /** Everything that a search has to know of the fields. */
    IndexFields of(IndexMetadata metadata) throws IOException {
        SortedMap<String, SparseEncoder> encoders = new TreeMap<>();
        for (Map.Entry<String, Map<String, String>> each : metadata.encoders().entrySet()) {
            encoders.put(each.getKey(), pool.openOrMissing(each.getValue(), "field [" + each.getKey() + "]"));
        }
        Map<String, SparseEncoder> queryEncoders = new HashMap<>();
        List<String> vectors = new ArrayList<>();
        for (Map.Entry<String, FieldType> field : metadata.schema().fields().entrySet()) {
            switch (field.getValue()) {
                case FieldType.SparseVectorType type -> vectors.add(field.getKey());
                case FieldType.SemanticTextType type
                when type.searchInferenceId().isPresent()
                        && encoders.containsKey(field.getKey())
                        && models.all().containsKey(type.searchInferenceId().get()) ->
                    queryEncoders.put(
                            field.getKey(),
                            models.requireOrMissing(type.searchInferenceId().get()));
                default -> {
                    // queried with what it was made with
                }
            }
        }
        return new IndexFields(metadata.schema(), encoders, queryEncoders, vectors, Optional.of(models));
    }
}
