package io.skiff.server.cli;

import io.skiff.index.SparseVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads files of golden vectors, {@code {"text": {"token": weight, ...}, ...}}. */
final class GoldenVectors {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private GoldenVectors() {}

    /** Where a vector is furthest from the golden one. */
    record Difference(String token, float actual, float expected) {
        float size() {
            return Math.abs(actual - expected);
        }
    }

    /**
     * A text and the weights that it has to have.
     *
     * @param weights by token; a token that is not there has none
     */
    record Golden(String text, Map<String, Float> weights) {
        /** Where a vector is furthest off; nowhere, with a difference of 0, if both are empty. */
        Difference furthest(SparseVector vector) {
            Difference furthest = new Difference("", 0, 0);
            for (Difference difference : differences(vector)) {
                furthest = difference.size() > furthest.size() ? difference : furthest;
            }
            return furthest;
        }

        /** How many tokens are off by more than that. */
        long countAbove(SparseVector vector, float tolerance) {
            return differences(vector).stream()
                    .filter(difference -> difference.size() > tolerance)
                    .count();
        }

        private List<Difference> differences(SparseVector vector) {
            Map<String, Float> actual = new HashMap<>();
            for (int i = 0; i < vector.size(); i++) {
                actual.put(vector.token(i), vector.weight(i));
            }
            Set<String> tokens = new HashSet<>(actual.keySet());
            tokens.addAll(weights.keySet());
            return tokens.stream()
                    .sorted()
                    .map(token ->
                            new Difference(token, actual.getOrDefault(token, 0f), weights.getOrDefault(token, 0f)))
                    .toList();
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it is not of the format; the message names the file, the text and the token
     */
    static List<Golden> read(Path file) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new IOException(file + ": not JSON: " + e.getOriginalMessage(), e);
        }
        if (!json.isObject() || json.isEmpty()) {
            throw new IOException(file + ": expected {\"text\": {\"token\": weight, ...}, ...}");
        }
        List<Golden> golden = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (!entry.getValue().isObject()) {
                throw new IOException(file + ": text '" + entry.getKey() + "' has "
                        + entry.getValue().getNodeType() + ", expected an object of token weights");
            }
            Map<String, Float> weights = new HashMap<>();
            for (Map.Entry<String, JsonNode> weight : entry.getValue().properties()) {
                float value = weight.getValue().isNumber() ? weight.getValue().floatValue() : Float.NaN;
                if (!(value >= 0) || Float.isInfinite(value)) {
                    throw new IOException(file + ": text '" + entry.getKey() + "': token '" + weight.getKey() + "' has "
                            + weight.getValue() + ", expected a finite number that is not negative");
                }
                weights.put(weight.getKey(), value);
            }
            golden.add(new Golden(entry.getKey(), weights));
        }
        return golden;
    }
}
