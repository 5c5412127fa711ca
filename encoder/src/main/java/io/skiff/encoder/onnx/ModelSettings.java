package io.skiff.encoder.onnx;

import io.skiff.index.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What cannot be read off a model: the content of {@code skiff.json} in its folder, every key of it optional.
 *
 * @param role whom the model encodes; {@code both} unless said
 * @param activation what makes a weight of a logit; {@code log1p_relu} unless said, and {@code none} for a model whose
 *     output is pooled already
 * @param pooling {@code max} unless said
 * @param maxLength most tokens of a text, special ones included; 512 unless said
 * @param maskSpecialTokens whether the tokenizer's special tokens never get a weight; true unless said
 * @param minWeight weights up to this are left out of a vector; 0, so that all are kept, unless said
 * @param maxTerms most tokens of a vector, those of largest weight; 0 for as many as there are, which holds unless said
 * @param queryWeights a file of fixed query weights, {@code {"token": weight}}; with it queries need no model
 */
public record ModelSettings(
        Role role,
        Optional<Activation> activation,
        Pooling pooling,
        int maxLength,
        boolean maskSpecialTokens,
        float minWeight,
        int maxTerms,
        Optional<String> queryWeights) {
    /** The name of the file. */
    static final String FILE = "skiff.json";

    /** The largest {@code max_length}. */
    public static final int LARGEST_MAX_LENGTH = 8192;

    /** Whom a model encodes. */
    public enum Role {
        /** Documents and queries. */
        BOTH,
        /** Documents only; queries have fixed weights. */
        DOCUMENT,
        /** Queries only. */
        QUERY
    }

    /** What holds without a file. */
    public static final ModelSettings DEFAULT =
            new ModelSettings(Role.BOTH, Optional.empty(), Pooling.MAX, 512, true, 0, 0, Optional.empty());

    private static final String ROLE = "role";
    private static final String ACTIVATION = "activation";
    private static final String POOLING = "pooling";
    private static final String MAX_LENGTH = "max_length";
    private static final String MASK_SPECIAL_TOKENS = "mask_special_tokens";
    private static final String MIN_WEIGHT = "min_weight";
    private static final String MAX_TERMS = "max_terms";
    private static final String QUERY_WEIGHTS = "query_weights";
    private static final List<String> KEYS =
            List.of(ROLE, ACTIVATION, POOLING, MAX_LENGTH, MASK_SPECIAL_TOKENS, MIN_WEIGHT, MAX_TERMS, QUERY_WEIGHTS);

    /** Room for a token between the opening and the closing one. */
    private static final int SMALLEST_MAX_LENGTH = 3;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads the settings of a model's folder; the defaults if it has no {@code skiff.json}.
     *
     * @throws IOException if the file is no JSON object or a key or value in it is not known; the message names it
     */
    static ModelSettings read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return DEFAULT;
        }
        JsonNode json;
        try {
            json = JSON.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new IOException(file + ": not JSON: " + e.getOriginalMessage(), e);
        }
        if (!json.isObject()) {
            throw new IOException(file + ": expected a JSON object");
        }
        for (String key : json.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw new IOException(file + ": unknown key '" + key + "', expected one of " + KEYS);
            }
        }
        return new ModelSettings(
                constant(Role.class, file, json, ROLE).orElse(DEFAULT.role),
                constant(Activation.class, file, json, ACTIVATION),
                constant(Pooling.class, file, json, POOLING).orElse(DEFAULT.pooling),
                wholeNumber(file, json, MAX_LENGTH, SMALLEST_MAX_LENGTH, LARGEST_MAX_LENGTH, DEFAULT.maxLength),
                maskSpecialTokens(file, json),
                minWeight(file, json),
                wholeNumber(file, json, MAX_TERMS, 1, Limits.MAX_VECTOR_TOKENS, DEFAULT.maxTerms),
                queryWeights(file, json));
    }

    private static int wholeNumber(Path file, JsonNode json, String key, int smallest, int largest, int otherwise)
            throws IOException {
        JsonNode value = json.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isInt() || value.intValue() < smallest || value.intValue() > largest) {
            throw unexpected(file, key, value, "a whole number from " + smallest + " to " + largest);
        }
        return value.intValue();
    }

    private static float minWeight(Path file, JsonNode json) throws IOException {
        JsonNode value = json.path(MIN_WEIGHT);
        if (value.isMissingNode()) {
            return DEFAULT.minWeight;
        }
        float weight = value.isNumber() ? value.floatValue() : Float.NaN;
        if (!(weight >= 0) || Float.isInfinite(weight)) {
            throw unexpected(file, MIN_WEIGHT, value, "a finite number that is not negative");
        }
        return weight;
    }

    private static boolean maskSpecialTokens(Path file, JsonNode json) throws IOException {
        JsonNode value = json.path(MASK_SPECIAL_TOKENS);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw unexpected(file, MASK_SPECIAL_TOKENS, value, "true or false");
        }
        return value.asBoolean(DEFAULT.maskSpecialTokens);
    }

    private static Optional<String> queryWeights(Path file, JsonNode json) throws IOException {
        JsonNode value = json.path(QUERY_WEIGHTS);
        if (!value.isMissingNode() && !value.isString()) {
            throw unexpected(file, QUERY_WEIGHTS, value, "the name of a file in the folder");
        }
        return value.stringValueOpt();
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, Path file, JsonNode json, String key)
            throws IOException {
        JsonNode value = json.path(key);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        for (E constant : type.getEnumConstants()) {
            if (value.isString() && constant.name().toLowerCase(Locale.ROOT).equals(value.stringValue())) {
                return Optional.of(constant);
            }
        }
        String expected = "one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT);
        throw unexpected(file, key, value, expected);
    }

    private static IOException unexpected(Path file, String key, JsonNode value, String expected) {
        return new IOException(file + ": '" + key + "' is " + value + ", expected " + expected);
    }
}
