package io.skiff.bench.load;

import io.skiff.bench.corpus.WeightedTokens;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The bytes of the requests, made before any clock runs. */
final class LoadRequests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String APPLICATION_JSON = "application/json";

    private LoadRequests() {}

    /** A search for the {@code k} best by a vector, as clients send it by default. */
    static byte[] search(String index, WeightedTokens query, String[] vocabulary, int k) {
        Map<String, Object> vector = Map.of("field", LoadCorpus.FIELD, "query_vector", weights(query, vocabulary));
        Map<String, Object> body = Map.of("query", Map.of("sparse_vector", vector), "size", k);
        return HttpConnection.request("POST", "/" + index + "/_search", APPLICATION_JSON, JSON.writeValueAsBytes(body));
    }

    /** Creates an index that can be written, whose writes are synced before they are acknowledged. */
    static byte[] create(String index) {
        Map<String, Object> body = Map.of(
                "settings",
                Map.of("index.translog.durability", "request"),
                "mappings",
                Map.of("properties", Map.of(LoadCorpus.FIELD, Map.of("type", "sparse_vector"))));
        return HttpConnection.request("PUT", "/" + index, APPLICATION_JSON, JSON.writeValueAsBytes(body));
    }

    /** Some documents, each put under its number. */
    static byte[] bulk(String index, List<WeightedTokens> documents, int firstId, String[] vocabulary) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < documents.size(); i++) {
            WeightedTokens document = documents.get(i);
            Map<String, Object> source = new LinkedHashMap<>();
            source.put("text", LoadCorpus.text(document, vocabulary));
            source.put(LoadCorpus.FIELD, weights(document, vocabulary));
            lines.writeBytes(("{\"index\":{\"_id\":\"" + (firstId + i) + "\"}}\n").getBytes(StandardCharsets.UTF_8));
            lines.writeBytes(JSON.writeValueAsBytes(source));
            lines.write('\n');
        }
        return HttpConnection.request("POST", "/" + index + "/_bulk", "application/x-ndjson", lines.toByteArray());
    }

    private static Map<String, Integer> weights(WeightedTokens vector, String[] vocabulary) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (int i = 0; i < vector.size(); i++) {
            weights.put(vocabulary[vector.tokens()[i]], vector.weights()[i]);
        }
        return weights;
    }
}
