package io.skiff.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.Document;
import io.skiff.index.IndexBuilder;
import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnValue;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Filters, orders and second phases over HTTP; that they find the right documents is held elsewhere. */
@Timeout(60)
class SortApiTest {
    private static ServedIndex served;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        try (IndexBuilder builder = IndexBuilder.create(data.resolve("boats"), Map.of(), false)) {
            add(builder, "a", 3, Map.of("name", keyword("skiff"), "price", whole(30), "depth", real(0.5)));
            add(builder, "b", 1, Map.of("name", keyword("sloop"), "price", whole(10)));
            add(builder, "c", 2, Map.of("name", keyword("yawl"), "depth", real(2)));
            add(builder, "d", 2, Map.of("price", whole(30)));
            builder.commit();
        }
        served = new ServedIndex(data);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static void add(IndexBuilder builder, String id, int weight, Map<String, List<ColumnValue>> columns)
            throws IOException {
        Map<String, SparseVector> vectors = Map.of("sv", SparseVector.of(Map.of("hull", weight)));
        builder.add(new Document(id, vectors, columns, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    private static List<ColumnValue> keyword(String value) {
        return List.of(new ColumnValue.Keyword(value));
    }

    private static List<ColumnValue> whole(long value) {
        return List.of(new ColumnValue.Whole(value));
    }

    private static List<ColumnValue> real(double value) {
        return List.of(new ColumnValue.Real(value));
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return served.send(served.to(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode found(String body) throws Exception {
        HttpResponse<String> response = post("/boats/_search", body);
        assertEquals(200, response.statusCode(), response.body());
        return ServedIndex.json(response);
    }

    /** Id, score and sort values of each hit. */
    private static List<String> hits(JsonNode answer) {
        return StreamSupport.stream(answer.get("hits").get("hits").spliterator(), false)
                .map(hit -> hit.get("_id").stringValue() + " " + hit.get("_score") + " " + hit.get("sort"))
                .toList();
    }

    private static final String HULL = "{\"sparse_vector\":{\"field\":\"sv\",\"query_vector\":{\"hull\":1}}}";

    @Test
    void numbersThatAreMissingAreTheLargestOrLeast() throws Exception {
        JsonNode answer = found("{\"sort\":[{\"price\":\"asc\"},{\"depth\":{\"order\":\"desc\"}}]}");
        assertEquals(
                List.of(
                        "b null [10,\"-Infinity\"]",
                        "a null [30,0.5]",
                        "d null [30,\"-Infinity\"]",
                        "c null [9223372036854775807,2.0]"),
                hits(answer));
        assertTrue(answer.get("hits").get("max_score").isNull());
        assertEquals(
                List.of("c null [-1]", "b null [10]"),
                hits(found("{\"size\":2,\"sort\":{\"price\":{\"missing\":-1}}}")));
    }

    @Test
    void keywordsThatAreMissingAreNull() throws Exception {
        assertEquals(
                List.of("d null [null]", "c null [\"yawl\"]"),
                hits(found("{\"size\":2,\"sort\":[{\"name\":{\"order\":\"desc\",\"missing\":\"_first\"}}]}")));
        assertEquals(
                List.of("c null [\"yawl\"]"),
                hits(found("{\"size\":1,\"sort\":[{\"name\":{\"order\":\"desc\",\"missing\":\"_first\"}}],"
                        + "\"search_after\":[null]}")));
    }

    @Test
    void scoresAreThereWhereTheyAreAskedFor() throws Exception {
        String sort = ",\"sort\":[\"_score\",{\"_doc\":\"desc\"}]";
        JsonNode answer = found("{\"query\":" + HULL + sort + "}");
        assertEquals(List.of("a 3.0 [3.0,0]", "d 2.0 [2.0,3]", "c 2.0 [2.0,2]", "b 1.0 [1.0,1]"), hits(answer));
        assertEquals(3, answer.get("hits").get("max_score").doubleValue());
        assertEquals(
                List.of("c 2.0 [2.0,2]", "b 1.0 [1.0,1]"),
                hits(found("{\"query\":" + HULL + sort + ",\"search_after\":[2.0,3]}")));
        JsonNode tracked = found("{\"query\":" + HULL + ",\"sort\":\"name\",\"track_scores\":true,\"size\":1}");
        assertEquals(List.of("a 3.0 [\"skiff\"]"), hits(tracked));
    }

    @Test
    void filtersAndLeastScoresHoldInRetrieversToo() throws Exception {
        String filter = "{\"range\":{\"price\":{\"gte\":30}}}";
        String hull = "{\"standard\":{\"query\":" + HULL + "}}";
        assertEquals(
                List.of("a 3.0 null", "d 2.0 null"),
                hits(found("{\"retriever\":{\"standard\":{\"query\":" + HULL + ",\"filter\":" + filter + "}}}")));
        assertEquals(
                List.of("a 6.0 null", "d 4.0 null"),
                hits(found("{\"retriever\":{\"linear\":{\"retrievers\":[" + hull + "," + hull + "],\"filter\":["
                        + filter + "]}}}")));
        assertEquals(
                List.of("a 6.0 null"),
                hits(found(
                        "{\"retriever\":{\"linear\":{\"retrievers\":[" + hull + "," + hull + "],\"min_score\":5}}}")));
        assertEquals(
                List.of("b null [10]", "a null [30]"),
                hits(found("{\"size\":2,\"retriever\":{\"standard\":{\"sort\":\"price\"}}}")));
    }

    @Test
    void saysWhetherItTerminatedEarly() throws Exception {
        JsonNode early = found("{\"terminate_after\":2}");
        assertTrue(early.get("terminated_early").booleanValue());
        assertEquals(2, early.get("hits").get("total").get("value").intValue());
        assertFalse(found("{\"terminate_after\":4}").get("terminated_early").booleanValue());
    }

    @Test
    void stopsInTimeAlsoWhereEveryMatchIsLookedAt() throws Exception {
        String best = "{\"bool\":{\"must\":[" + HULL + ",{\"match_all\":{}}],\"should\":{\"term\":{\"price\":30}}}}";
        for (String search :
                List.of("\"query\":" + best, "\"query\":" + HULL + ",\"sort\":\"price\"", "\"sort\":\"name\"")) {
            JsonNode late = found("{\"timeout\":\"0ms\"," + search + "}");
            assertTrue(late.get("timed_out").booleanValue(), search);
            assertEquals(0, late.get("hits").get("hits").size(), search);
            JsonNode inTime = found("{\"timeout\":\"1m\"," + search + "}");
            assertFalse(inTime.get("timed_out").booleanValue(), search);
            assertEquals(4, inTime.get("hits").get("hits").size(), search);
        }
    }

    @Test
    void rescoresTheFirst() throws Exception {
        String second = "{\"constant_score\":{\"filter\":{\"term\":{\"name\":\"yawl\"}},\"boost\":5}}";
        String rescore = ",\"rescore\":{\"window_size\":3,\"query\":{\"rescore_query\":" + second
                + ",\"query_weight\":2,\"rescore_query_weight\":1}}";
        assertEquals(
                List.of("c 9.0 null", "a 6.0 null", "d 4.0 null", "b 2.0 null"),
                hits(found("{\"query\":" + HULL + rescore + "}")));
    }

    @Test
    void countsWhatMatches() throws Exception {
        String query = "{\"query\":{\"bool\":{\"filter\":{\"exists\":{\"field\":\"name\"}},\"must_not\":"
                + "{\"ids\":{\"values\":[\"a\"]}}}}}";
        assertEquals(
                2, ServedIndex.json(post("/boats/_count", query)).get("count").intValue());
    }

    @Test
    void refusesWhatCannotBe() throws Exception {
        assertRefused("{\"sort\":\"sv\"}", "[sv]");
        assertRefused("{\"sort\":\"nope\"}", "No mapping found for [nope] in order to sort on");
        assertRefused("{\"sort\":\"price\",\"search_after\":[1,2]}", "[search_after] has 2 value(s) but sort has 1.");
        assertRefused("{\"sort\":\"price\",\"search_after\":[\"x\"]}", "Failed to parse [search_after] value [x]");
        assertRefused("{\"sort\":\"price\",\"from\":1,\"search_after\":[1]}", "[from] parameter must be set to 0");
        assertRefused("{\"sort\":\"_doc\",\"search_after\":[null]}", "[search_after] has null");
        assertRefused(
                "{\"sort\":\"price\",\"rescore\":{\"query\":{\"rescore_query\":{\"match_all\":{}}}}}",
                "Cannot use [sort] option in conjunction with [rescore].");
        assertRefused("{\"query\":{\"term\":{\"price\":\"much\"}}}", "field [price] of type [long]");
        assertRefused("{\"query\":{\"prefix\":{\"price\":\"1\"}}}", "[prefix] needs a keyword field");
        assertRefused("{\"query\":{\"range\":{\"sv\":{\"gte\":1}}}}", "[range] needs");
        assertRefused("{\"query\":{\"match\":{\"sv\":{\"query\":\"x\",\"operator\":\"and\"}}}}", "field [sv]");
        assertRefused("{\"terminate_after\":-1}", "[terminate_after]");
        assertRefused("{\"min_score\":1,\"retriever\":{\"standard\":{}}}", "cannot have");
    }

    private static void assertRefused(String body, String reason) throws Exception {
        HttpResponse<String> response = post("/boats/_search", body);
        assertEquals(400, response.statusCode(), body);
        String found = ServedIndex.json(response).get("error").get("reason").stringValue();
        assertTrue(found.contains(reason), found);
    }
}
