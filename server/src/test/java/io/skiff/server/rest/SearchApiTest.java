package io.skiff.server.rest;

import static io.skiff.server.rest.ServedIndex.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The search endpoint, as a client sees it. */
@Timeout(60)
class SearchApiTest {
    private static ServedIndex served;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        served = new ServedIndex(data);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static JsonNode found(String body) throws IOException, InterruptedException {
        HttpResponse<String> response = served.search(body);
        assertEquals(200, response.statusCode(), response.body());
        return json(response);
    }

    private static List<String> ids(JsonNode answer) {
        return StreamSupport.stream(answer.get("hits").get("hits").spliterator(), false)
                .map(hit -> hit.get("_id").stringValue())
                .toList();
    }

    private static String vectorQuery(String vector) {
        return "\"query\": {\"sparse_vector\": {\"field\": \"sv\", \"query_vector\": " + vector + "}}";
    }

    @Test
    void findsWordsInTheShapeOfElasticsearch() throws Exception {
        JsonNode answer = found("{\"query\": {\"match\": {\"text\": \"small boats\"}}}");
        assertEquals(
                new TreeSet<>(List.of("took", "timed_out", "_shards", "hits")), new TreeSet<>(answer.propertyNames()));
        assertTrue(answer.get("took").isInt());
        assertFalse(answer.get("timed_out").booleanValue());
        assertEquals(1, answer.get("_shards").get("total").intValue());
        JsonNode hits = answer.get("hits");
        assertEquals(2, hits.get("total").get("value").intValue());
        assertEquals("eq", hits.get("total").get("relation").stringValue());
        JsonNode first = hits.get("hits").get(0);
        assertEquals("docs", first.get("_index").stringValue());
        assertEquals("d0", first.get("_id").stringValue());
        assertEquals(hits.get("max_score"), first.get("_score"));
        assertTrue(first.get("_score").floatValue()
                > hits.get("hits").get(1).get("_score").floatValue());
        assertEquals("Title 0", first.get("_source").get("title").stringValue());
    }

    @Test
    void scoresVectorsExactly() throws Exception {
        JsonNode answer = found("{" + vectorQuery("{\"all\": 2, \"own2\": 3}") + "}");
        assertEquals(List.of("d2", "d0", "d1", "d3"), ids(answer), "ties stand in order of insertion");
        assertEquals(2 + 3 * 12, answer.get("hits").get("max_score").doubleValue());
        assertEquals(2, answer.get("hits").get("hits").get(1).get("_score").doubleValue());
        JsonNode boosted = found("{\"query\": {\"sparse_vector\": {\"field\": \"sv\", \"boost\": 4,"
                + " \"query_vector\": {\"own1\": 1}}}}");
        assertEquals(4 * 11, boosted.get("hits").get("max_score").doubleValue(), 0.05 * 44);
    }

    @Test
    void pages() throws Exception {
        String all = vectorQuery("{\"all\": 1}");
        assertEquals(List.of("d1", "d2"), ids(found("{" + all + ", \"from\": 1, \"size\": 2}")));
        assertEquals(List.of(), ids(found("{" + all + ", \"from\": 100}")));
        JsonNode none = found("{" + all + ", \"size\": 0}");
        assertEquals(4, none.get("hits").get("total").get("value").intValue());
        assertTrue(none.get("hits").get("max_score").isNull());
        assertEquals(4, ids(found("{" + all + ", \"size\": 10000}")).size());
    }

    @Test
    void countsAsAskedTo() throws Exception {
        String all = vectorQuery("{\"all\": 1}");
        assertNull(
                found("{" + all + ", \"track_total_hits\": false}").get("hits").get("total"));
        JsonNode total =
                found("{" + all + ", \"track_total_hits\": 3}").get("hits").get("total");
        assertEquals(3, total.get("value").intValue());
        assertEquals("gte", total.get("relation").stringValue());
    }

    @Test
    void givesOfTheSourceWhatIsAskedFor() throws Exception {
        String all = vectorQuery("{\"own1\": 1}");
        assertNull(hit(found("{" + all + ", \"_source\": false}")).get("_source"));
        assertEquals(
                "{\"title\":\"Title 1\"}",
                hit(found("{" + all + ", \"_source\": [\"title\"]}"))
                        .get("_source")
                        .toString());
        assertEquals(
                "{\"meta\":{\"n\":1}}",
                hit(found("{" + all + ", \"_source\": {\"excludes\": [\"t*\"]}}"))
                        .get("_source")
                        .toString());
    }

    private static JsonNode hit(JsonNode answer) {
        return answer.get("hits").get("hits").get(0);
    }

    @Test
    void findsNothingWhereThereIsNothing() throws Exception {
        for (String query : List.of(
                "{\"match\": {\"nowhere\": \"boat\"}}",
                "{\"match\": {\"text\": \"zebra\"}}",
                "{\"match\": {\"text\": \"\"}}",
                "{\"sparse_vector\": {\"field\": \"nowhere\", \"query_vector\": {\"all\": 1}}}",
                "{\"sparse_vector\": {\"field\": \"sv\", \"query_vector\": {\"all\": 0}}}",
                "{\"sparse_vector\": {\"field\": \"sv\", \"query_vector\": {}}}")) {
            JsonNode hits = found("{\"query\": " + query + "}").get("hits");
            assertEquals(0, hits.get("total").get("value").intValue(), query);
            assertTrue(hits.get("max_score").isNull(), query);
            assertEquals(0, hits.get("hits").size(), query);
        }
    }

    @Test
    void refusesInTheShapeOfElasticsearch() throws Exception {
        assertRefused("{\"query\": {\"fuzzy\": {}}}", "parsing_exception", "unknown query [fuzzy]");
        assertRefused("{\"query\": ", "x_content_e_o_f_exception", "[1:");
        assertRefused("{\"query\": {\"match\": {\"text\": \"x\"}}, \"aggs\": {}}", "parsing_exception", "[aggs]");
        assertRefused("{\"query\": {\"match\": {\"sv\": \"boat\"}}}", "illegal_argument_exception", "field [sv]");
        assertRefused("{\"query\": {\"term\": {\"sv\": 1}}}", "illegal_argument_exception", "field [sv]");
        assertRefused("{\"search_after\": [1]}", "illegal_argument_exception", "[search_after] has 1 value(s)");

        HttpResponse<String> missing =
                served.send(served.to("/nope/_search").POST(HttpRequest.BodyPublishers.ofString("{\"query\": {}}")));
        assertEquals(404, missing.statusCode());
        assertEquals(405, served.send(served.to("/docs/_search").DELETE()).statusCode());
        assertEquals(400, served.get("/docs/_search?q=boat").statusCode());
    }

    private static void assertRefused(String body, String type, String reason) throws Exception {
        HttpResponse<String> response = served.search(body);
        assertEquals(400, response.statusCode(), body);
        JsonNode answer = json(response);
        assertEquals(400, answer.get("status").intValue());
        assertEquals(type, answer.get("error").get("type").stringValue());
        assertTrue(answer.get("error").get("reason").stringValue().contains(reason), response.body());
        assertEquals(
                type, answer.get("error").get("root_cause").get(0).get("type").stringValue());
        assertEquals(
                "Elasticsearch",
                response.headers().firstValue("X-Elastic-Product").orElse("none"));
    }

    @Test
    void addsUpWhatIsAskedForTogether() throws Exception {
        double words = found("{\"query\": {\"match\": {\"text\": \"small boats\"}}}")
                .get("hits")
                .get("max_score")
                .doubleValue();
        JsonNode sum = found("{\"query\": {\"bool\": {\"should\": [{\"match\": {\"text\": {\"query\": \"small boats\","
                + " \"boost\": 2}}}, {\"sparse_vector\": {\"field\": \"sv\", \"query_vector\": {\"all\": 1}}}],"
                + " \"minimum_should_match\": 1, \"boost\": 3}}, \"track_total_hits\": true}");
        assertEquals(4, sum.get("hits").get("total").get("value").intValue());
        assertEquals("d0", ids(sum).getFirst());
        assertEquals(3 * (2 * words + 1), sum.get("hits").get("max_score").doubleValue(), 0.05 * words);
        assertEquals(
                List.of("d2", "d0"),
                ids(found("{\"query\": {\"bool\": {\"must\": {\"weighted_tokens\": {\"sv\": {\"tokens\":"
                        + " [{\"own2\": 2}, {\"own0\": 1}]}}}}}}")));
        assertEquals(
                List.of("d1"),
                ids(found("{\"query\": {\"neural_sparse\": {\"sv\": {\"query_tokens\": {\"own1\": 1}}}}}")));
        assertEquals(
                ids(found("{\"query\": {\"match\": {\"text\": \"small boats\"}}}")),
                ids(found(
                        "{\"query\": {\"multi_match\": {\"query\": \"small boats\", \"fields\": [\"text^2\", \"none\"],"
                                + " \"type\": \"most_fields\"}}}")));
    }

    @Test
    void givesEverythingOrNothing() throws Exception {
        for (String body : List.of("", "{}", "{\"query\": {\"match_all\": {}}}", "{\"query\": {\"bool\": {}}}")) {
            JsonNode all = found(body);
            assertEquals(List.of("d0", "d1", "d2", "d3"), ids(all), body);
            assertEquals(1, all.get("hits").get("max_score").doubleValue(), body);
        }
        assertEquals(List.of("d2"), ids(found("{\"from\": 2, \"size\": 1}")));
        assertEquals(List.of(), ids(found("{\"query\": {\"match_none\": {}}}")));
    }

    @Test
    void encodesByTheFieldsOwnModelAndPrunes() throws Exception {
        JsonNode match = found("{\"query\": {\"match\": {\"text\": \"small boats\"}}}");
        for (String query : List.of(
                "{\"sparse_vector\": {\"field\": \"text\", \"query\": \"small boats\"}}",
                "{\"neural_sparse\": {\"text\": {\"query_text\": \"small boats\"}}}")) {
            assertEquals(match.get("hits"), found("{\"query\": " + query + "}").get("hits"), query);
        }
        assertRefused(
                "{\"query\": {\"neural_sparse\": {\"sv\": {\"query_text\": \"x\"}}}}",
                "illegal_argument_exception",
                "holds vectors only");
        // Of tokens that are in every and in one of four documents, the first is frequent and here it is light, too.
        String vector = "\"query_vector\": {\"all\": 1, \"own1\": 10}";
        assertEquals(
                4,
                ids(found("{\"query\": {\"sparse_vector\": {\"field\": \"sv\", " + vector + "}}}"))
                        .size());
        assertEquals(
                List.of("d1"),
                ids(found("{\"query\": {\"sparse_vector\": {\"field\": \"sv\", \"prune\": true, \"pruning_config\":"
                        + " {\"tokens_freq_ratio_threshold\": 1}, " + vector + "}}}")));
    }

    @Test
    void searchesApproximatelyWhereAskedTo() throws Exception {
        assertEquals(
                List.of("d2"),
                ids(found("{" + vectorQuery("{\"own2\": 1}") + ", \"ext\": {\"skiff\": {\"mode\": \"approx\"}}}")));
    }

    @Test
    void keepsToATimeout() throws Exception {
        String all = vectorQuery("{\"all\": 1}");
        JsonNode late = found("{" + all + ", \"timeout\": \"0ms\"}");
        assertTrue(late.get("timed_out").booleanValue());
        JsonNode fused = found(
                "{\"timeout\": \"0ms\", \"retriever\": {\"rrf\": {\"retrievers\": [{\"standard\": {" + all + "}}]}}}");
        assertTrue(fused.get("timed_out").booleanValue());
        JsonNode inTime = found("{" + all + ", \"timeout\": \"1m\"}");
        assertFalse(inTime.get("timed_out").booleanValue());
        assertEquals(4, ids(inTime).size());
    }

    @Test
    void fusesRanksAndScores() throws Exception {
        String first = "{\"standard\": {" + vectorQuery("{\"own0\": 4, \"own1\": 2, \"own2\": 1}") + "}}";
        String second = "{\"standard\": {" + vectorQuery("{\"own1\": 4, \"own3\": 2}") + "}}";
        JsonNode ranks = found(
                "{\"retriever\": {\"rrf\": {\"retrievers\": [" + first + ", " + second + "], \"rank_constant\": 10}}}");
        assertEquals(List.of("d1", "d0", "d3", "d2"), ids(ranks));
        assertEquals(1 / 12.0 + 1 / 11.0, ranks.get("hits").get("max_score").doubleValue(), 1e-6);
        JsonNode scores =
                found("{\"retriever\": {\"linear\": {\"normalizer\": \"minmax\", \"retrievers\": [{\"retriever\": "
                        + first + ", \"weight\": 3}, " + second + "]}}}");
        assertEquals(List.of("d0", "d1", "d2", "d3"), ids(scores));
        assertEquals(3, scores.get("hits").get("max_score").doubleValue(), 1e-6);
        assertRefused(
                "{\"retriever\": {\"rrf\": {\"rank_window_size\": 5, \"retrievers\": [" + first + "]}}}",
                "illegal_argument_exception",
                "[rank_window_size: 5] must be greater than or equal to [size: 10]");
    }

    @Test
    void countsWhatMatches() throws Exception {
        assertEquals(4, count(""));
        assertEquals(4, count("{\"query\": {\"match_all\": {}}}"));
        assertEquals(2, count("{\"query\": {\"match\": {\"text\": \"small boats\"}}}"));
        assertEquals(0, count("{\"query\": {\"match_none\": {}}}"));
        HttpResponse<String> refused =
                served.send(served.to("/docs/_count").POST(HttpRequest.BodyPublishers.ofString("{\"size\": 1}")));
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("[_count] does not support [size]"), refused.body());
    }

    private static int count(String body) throws Exception {
        HttpResponse<String> response =
                served.send(served.to("/docs/_count").POST(HttpRequest.BodyPublishers.ofString(body)));
        assertEquals(200, response.statusCode(), response.body());
        return json(response).get("count").intValue();
    }

    @Test
    void answersSeveralSearchesEachByItself() throws Exception {
        String lines = "{\"index\": [\"docs\"]}\n{" + vectorQuery("{\"own1\": 1}") + "}\n{}\r\n{\"aggs\": {}}\n"
                + "{\"index\": \"nope\"}\n{}\n\n{\"size\": 1}\n";
        HttpResponse<String> response =
                served.send(served.to("/docs/_msearch").POST(HttpRequest.BodyPublishers.ofString(lines)));
        assertEquals(200, response.statusCode(), response.body());
        JsonNode answers = json(response).get("responses");
        assertEquals(4, answers.size());
        assertEquals(List.of("d1"), ids(answers.get(0)));
        assertEquals(200, answers.get(0).get("status").intValue());
        assertEquals(400, answers.get(1).get("status").intValue());
        assertEquals(
                "parsing_exception", answers.get(1).get("error").get("type").stringValue());
        assertEquals(404, answers.get(2).get("status").intValue());
        assertEquals(List.of("d0"), ids(answers.get(3)));
        for (String bad : List.of("", "{}\n", "{\"routing\": 1}\n{}\n")) {
            assertEquals(
                    400,
                    served.send(served.to("/docs/_msearch").POST(HttpRequest.BodyPublishers.ofString(bad)))
                            .statusCode(),
                    bad);
        }
        HttpResponse<String> nowhere =
                served.send(served.to("/_msearch").POST(HttpRequest.BodyPublishers.ofString("{}\n{}\n")));
        assertTrue(nowhere.body().contains("[_msearch] needs an [index]"), nowhere.body());
    }

    @Test
    void saysHowLongTheSearchTook() throws Exception {
        HttpResponse<String> response = served.search("{" + vectorQuery("{\"all\": 1}") + "}");
        String timing = response.headers().firstValue("Server-Timing").orElse("none");
        assertTrue(timing.matches("search;dur=\\d+\\.\\d{3}, encode;dur=\\d+\\.\\d{3}"), timing);
    }

    @Test
    void answersManyAtATimeEachItsOwn() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String query = "{" + vectorQuery("{\"own" + i % 4 + "\": 1}") + "}";
                Callable<String> search = () -> ids(found(query)).toString();
                answers.add(clients.submit(search));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertEquals("[d" + i % 4 + "]", answers.get(i).get(), "search " + i);
            }
        }
    }
}
