package io.skiff.encoder;

import io.skiff.encoder.onnx.ModelOptions;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.index.FieldOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens the encoder that an index remembers. */
public final class Encoders {
    /** The attribute of a field that names its encoder. */
    public static final String ENCODER_ATTRIBUTE = "encoder";

    private static final String BM25_PREFIX = Bm25Encoder.NAME + ".";
    private static final Set<String> BM25_ATTRIBUTES = Set.of(
            Bm25Encoder.K1_ATTRIBUTE,
            Bm25Encoder.B_ATTRIBUTE,
            Bm25Encoder.AVERAGE_LENGTH_ATTRIBUTE,
            Bm25Encoder.ANALYZER_ATTRIBUTE);

    private Encoders() {}

    /**
     * The encoder that wrote a field, a model on the best device that is there.
     *
     * @param attributes as {@link SparseEncoder#attributes()} gave them, and any of others
     * @throws IllegalArgumentException if they name no encoder of this version or one of its parameters is off
     * @throws IOException if they name a model that cannot be opened, or is another one than that which wrote the field
     */
    public static SparseEncoder ofAttributes(Map<String, String> attributes) throws IOException {
        return ofAttributes(attributes, ModelOptions.DEFAULT);
    }

    /**
     * The encoder that wrote a field.
     *
     * @param attributes as {@link SparseEncoder#attributes()} gave them, and any of others
     * @param model how a model is to be opened
     * @throws IllegalArgumentException if they name no encoder of this version, or one without a model although a
     *     folder is given, or one of its parameters is off
     * @throws IOException if they name a model that cannot be opened, or is another one than that which wrote the field
     */
    public static SparseEncoder ofAttributes(Map<String, String> attributes, ModelOptions model) throws IOException {
        String name = required(attributes, ENCODER_ATTRIBUTE);
        return switch (name) {
            case OnnxEncoder.NAME -> OnnxEncoder.reopen(attributes, model);
            case Bm25Encoder.NAME -> {
                if (model.folder().isPresent()) {
                    throw new IllegalArgumentException("the field was made with bm25, so it cannot be searched with the"
                            + " model in " + model.folder().get());
                }
                yield bm25(attributes);
            }
            default ->
                throw new IllegalArgumentException("attribute '" + ENCODER_ATTRIBUTE + "' is '" + name
                        + "', an encoder that is not available in this version, which has '" + Bm25Encoder.NAME
                        + "' and '" + OnnxEncoder.NAME + "'");
        };
    }

    /** How to index a field that the encoder of these attributes writes, as {@link SparseEncoder#fieldOptions()} says. */
    public static FieldOptions fieldOptions(Map<String, String> attributes) {
        return new FieldOptions(
                Bm25Encoder.NAME.equals(attributes.get(ENCODER_ATTRIBUTE))
                        ? Optional.of(Bm25Encoder.QUANTIZER)
                        : Optional.empty(),
                attributes);
    }

    private static SparseEncoder bm25(Map<String, String> attributes) {
        for (String key : attributes.keySet()) {
            if (key.startsWith(BM25_PREFIX) && !BM25_ATTRIBUTES.contains(key)) {
                throw new IllegalArgumentException("attribute '" + key + "' is '" + attributes.get(key)
                        + "', a parameter of BM25 that this version does not know; open the index with the version"
                        + " that wrote it");
            }
        }
        String analyzer = required(attributes, Bm25Encoder.ANALYZER_ATTRIBUTE);
        TextAnalysis analysis = Arrays.stream(TextAnalysis.values())
                .filter(each -> each.attribute().equals(analyzer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("attribute '" + Bm25Encoder.ANALYZER_ATTRIBUTE
                        + "' is '" + analyzer + "', expected 'english' or 'standard'"));
        float k1 = number(attributes, Bm25Encoder.K1_ATTRIBUTE);
        float b = number(attributes, Bm25Encoder.B_ATTRIBUTE);
        float averageLength = number(attributes, Bm25Encoder.AVERAGE_LENGTH_ATTRIBUTE);
        try {
            return Bm25Encoder.of(new Bm25Encoder.Parameters(k1, b), averageLength, analysis);
        } catch (IllegalArgumentException e) {
            // The message opens with the parameter's name, which is the rest of the key.
            throw new IllegalArgumentException("attribute " + BM25_PREFIX + e.getMessage(), e);
        }
    }

    private static String required(Map<String, String> attributes, String key) {
        String value = attributes.get(key);
        if (value == null) {
            throw new IllegalArgumentException("attribute '" + key + "' is missing, there are " + attributes.keySet());
        }
        return value;
    }

    private static float number(Map<String, String> attributes, String key) {
        String value = required(attributes, key);
        try {
            return Float.parseFloat(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("attribute '" + key + "' is '" + value + "', expected a number", e);
        }
    }
}
