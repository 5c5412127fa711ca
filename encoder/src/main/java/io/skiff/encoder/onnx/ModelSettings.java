package io.skiff.encoder.onnx;

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
 * @param queryWeights a file of fixed query weights, {@code {"token": weight}}; with it queries need no model
 */
public record ModelSettings(
        Role role,
        Optional<Activation> activation,
        Pooling pooling,
        int maxLength,
        boolean maskSpecialTokens,
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
            new ModelSettings(Role.BOTH, Optional.empty(), Pooling.MAX, 512, true, Optional.empty());

    private static final String ROLE = "role";
    private static final String ACTIVATION = "activation";
    private static final String POOLING = "pooling";
    private static final String MAX_LENGTH = "max_length";
    private static final String MASK_SPECIAL_TOKENS = "mask_special_tokens";
    private static final String QUERY_WEIGHTS = "query_weights";
    private static final List<String> KEYS =
            List.of(ROLE, ACTIVATION, POOLING, MAX_LENGTH, MASK_SPECIAL_TOKENS, QUERY_WEIGHTS);

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
                maxLength(file, json),
                maskSpecialTokens(file, json),
                queryWeights(file, json));
    }

    private static int maxLength(Path file, JsonNode json) throws IOException {
        JsonNode value = json.path(MAX_LENGTH);
        if (value.isMissingNode()) {
            return DEFAULT.maxLength;
        }
        int length = value.isInt() ? value.intValue() : 0;
        if (length < SMALLEST_MAX_LENGTH || length > LARGEST_MAX_LENGTH) {
            String expected = "a whole number from " + SMALLEST_MAX_LENGTH + " to " + LARGEST_MAX_LENGTH;
            throw unexpected(file, MAX_LENGTH, value, expected);
        }
        return length;
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
