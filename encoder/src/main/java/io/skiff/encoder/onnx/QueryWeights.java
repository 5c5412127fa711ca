package io.skiff.encoder.onnx;

import io.skiff.index.SparseVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fixed weights of query tokens, {@code {"token": weight, ...}}: with them a query is tokenized and looked up, and needs no
 * model at all (the inference-free encoders of OpenSearch).
 */
final class QueryWeights {
    private final Map<String, Float> weights;

    private QueryWeights(Map<String, Float> weights) {
        this.weights = weights;
    }

    /**
     * Reads a file of weights.
     *
     * @throws IOException if it is no object of numbers that are finite and not negative
     */
    static QueryWeights read(Path file) throws IOException {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new IOException(file + ": not JSON: " + e.getOriginalMessage(), e);
        }
        Map<String, Float> weights = new HashMap<>();
        for (var entry : json.properties()) {
            float weight = entry.getValue().isNumber() ? entry.getValue().floatValue() : Float.NaN;
            if (!(weight >= 0) || Float.isInfinite(weight)) {
                throw new IOException(file + ": weight of token '" + entry.getKey() + "' is " + entry.getValue()
                        + ", expected a finite number that is not negative");
            }
            weights.put(entry.getKey(), weight);
        }
        if (weights.isEmpty()) {
            throw new IOException(file + ": expected a JSON object of token weights");
        }
        return new QueryWeights(weights);
    }

    /** Tokens that have a weight. */
    int size() {
        return weights.size();
    }

    /** The vector of a tokenized query: each different token once, those without a weight left out. */
    SparseVector vector(String[] tokens) {
        Map<String, Float> vector = new LinkedHashMap<>();
        for (String token : tokens) {
            Float weight = weights.get(token);
            if (weight != null) {
                vector.put(token, weight);
            }
        }
        return SparseVector.of(vector);
    }
}
