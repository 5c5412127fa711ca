package io.skiff.encoder.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
        ModelSettings settings = DEFAULT;
        for (var entry : json.properties()) {
            settings = settings.with(file, entry.getKey(), entry.getValue());
        }
        return settings;
    }

    private ModelSettings with(Path file, String key, JsonNode value) throws IOException {
        return switch (key) {
            case "role" ->
                new ModelSettings(
                        constant(Role.class, file, key, value),
                        activation,
                        pooling,
                        maxLength,
                        maskSpecialTokens,
                        queryWeights);
            case "activation" ->
                new ModelSettings(
                        role,
                        Optional.of(constant(Activation.class, file, key, value)),
                        pooling,
                        maxLength,
                        maskSpecialTokens,
                        queryWeights);
            case "pooling" ->
                new ModelSettings(
                        role,
                        activation,
                        constant(Pooling.class, file, key, value),
                        maxLength,
                        maskSpecialTokens,
                        queryWeights);
            case "max_length" -> {
                int length = value.isInt() ? value.intValue() : 0;
                if (length < 3 || length > LARGEST_MAX_LENGTH) {
                    throw unexpected(file, key, value, "a whole number from 3 to " + LARGEST_MAX_LENGTH);
                }
                yield new ModelSettings(role, activation, pooling, length, maskSpecialTokens, queryWeights);
            }
            case "mask_special_tokens" -> {
                if (!value.isBoolean()) {
                    throw unexpected(file, key, value, "true or false");
                }
                yield new ModelSettings(role, activation, pooling, maxLength, value.booleanValue(), queryWeights);
            }
            case "query_weights" -> {
                if (!value.isString()) {
                    throw unexpected(file, key, value, "the name of a file in the folder");
                }
                yield new ModelSettings(
                        role, activation, pooling, maxLength, maskSpecialTokens, Optional.of(value.stringValue()));
            }
            default ->
                throw new IOException(file + ": unknown key '" + key
                        + "', expected role, activation, pooling, max_length, mask_special_tokens or query_weights");
        };
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Path file, String key, JsonNode value)
            throws IOException {
        for (E constant : type.getEnumConstants()) {
            if (value.isString() && constant.name().toLowerCase(Locale.ROOT).equals(value.stringValue())) {
                return constant;
            }
        }
        throw unexpected(
                file,
                key,
                value,
                "one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
    }

    private static IOException unexpected(Path file, String key, JsonNode value, String expected) {
        return new IOException(file + ": '" + key + "' is " + value + ", expected " + expected);
    }
}
