package io.skiff.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.Document;
import io.skiff.index.IndexBuilder;
import io.skiff.index.SparseVector;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The number of hits of an index that is large enough to be searched without looking at every posting. */
class TotalHitsTest {
    private static final int DOCUMENTS = 40_000;

    @TempDir
    Path data;

    @Test
    void everyHitIsCountedOnRequestAndNeverTooManyOtherwise() throws Exception {
        try (IndexBuilder builder = IndexBuilder.create(data.resolve("halves"), Map.of(), false)) {
            for (int i = 0; i < DOCUMENTS; i++) {
                SparseVector vector = SparseVector.of(Map.of(i % 2 == 0 ? "even" : "odd", 1 + i % 200));
                builder.add(Document.of("d" + i, "sv", vector));
            }
            builder.commit();
        }
        try (ServedIndex served = new ServedIndex(data)) {
            JsonNode all = total(served, "true");
            assertEquals(DOCUMENTS, all.get("value").asInt());
            assertEquals("eq", all.get("relation").asString());
            // Often enough for the planner to have tried both ways.
            for (int i = 0; i < 50; i++) {
                JsonNode bounded = total(served, "30000");
                int value = bounded.get("value").asInt();
                assertTrue(value > 0 && value <= 30_000, bounded.toString());
                assertEquals("gte", bounded.get("relation").asString());
            }
        }
    }

    private static JsonNode total(ServedIndex served, String tracked) throws Exception {
        String query = "{\"sparse_vector\":{\"field\":\"sv\",\"query_vector\":{\"even\":1,\"odd\":2}}}";
        HttpResponse<String> response = served.send(served.to("/halves/_search")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"query\":" + query + ",\"track_total_hits\":" + tracked + "}")));
        assertEquals(200, response.statusCode(), response.body());
        return JsonMapper.shared().readTree(response.body()).get("hits").get("total");
    }
}
