package io.skiff.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code explain}, {@code profile} and {@code highlight} in answers. */
class SearchDetailsTest {
    @TempDir
    private static Path data;

    private static ServedIndex served;

    @BeforeAll
    static void serve() throws IOException {
        served = new ServedIndex(data);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static JsonNode search(String body) throws IOException, InterruptedException {
        JsonNode answer = ServedIndex.json(served.search(body));
        assertFalse(answer.has("error"), answer.toString());
        return answer;
    }

    private static JsonNode firstHit(JsonNode answer) {
        return answer.path("hits").path("hits").path(0);
    }

    @Test
    void explainHasElasticsearchsShape() throws IOException, InterruptedException {
        JsonNode hit = firstHit(search(
                "{\"explain\": true, \"query\": {\"bool\": {\"should\": [{\"match\": {\"text\": \"small boat\"}},"
                        + " {\"sparse_vector\": {\"field\": \"sv\", \"query_vector\": {\"own0\": 2, \"no\": 1}}}]}}}"));
        JsonNode explanation = hit.path("_explanation");
        assertEquals(hit.path("_score").floatValue(), explanation.path("value").floatValue());
        assertEquals("sum of:", explanation.path("description").asString());
        assertEquals(3, explanation.path("details").size(), "two clauses and an unknown token: " + explanation);
        assertTrue(explanation
                .path("details")
                .path(2)
                .path("description")
                .asString()
                .contains("[no] of field [sv] is"));
        double tokens = 0;
        for (JsonNode token : hit.path("_skiff").path("contributions")) {
            tokens += token.path("score").doubleValue();
        }
        assertEquals(explanation.path("value").doubleValue(), tokens);
    }

    @Test
    void explainNamesPrunedAndUnknownTokens() throws IOException, InterruptedException {
        JsonNode answer = search("{\"explain\": true, \"profile\": true, \"query\": {\"bool\": {\"should\": ["
                + "{\"match\": {\"text\": \"boats unheard\"}}, {\"sparse_vector\": {\"field\": \"sv\","
                + " \"query_vector\": {\"own0\": 9, \"all\": 0.1}, \"prune\": true,"
                + " \"pruning_config\": {\"tokens_freq_ratio_threshold\": 1}}}]}}}");
        String explanation = firstHit(answer).path("_explanation").toString();
        assertTrue(explanation.contains("[unheard] of field [text] is unknown"), explanation);
        assertTrue(explanation.contains("[all] of field [sv], weight 0.1"), explanation);
        JsonNode profiled =
                answer.path("profile").path("skiff").path("searches").path(0);
        assertEquals("unheard", profiled.path("unknown").path(0).path("token").asString());
        assertEquals("all", profiled.path("pruned").path(0).path("token").asString());
    }

    @Test
    void explainShowsRanksAndLists() throws IOException, InterruptedException {
        JsonNode hit = firstHit(search("{\"explain\": true, \"retriever\": {\"rrf\": {\"retrievers\": ["
                + "{\"standard\": {\"query\": {\"match\": {\"text\": \"boat\"}}}},"
                + " {\"standard\": {\"query\": {\"sparse_vector\": {\"field\": \"sv\","
                + " \"query_vector\": {\"own1\": 1}}}}}]}}}"));
        JsonNode lists = hit.path("_explanation").path("details");
        assertEquals(2, lists.size());
        assertEquals(1 / 62. + 1 / 61., hit.path("_explanation").path("value").doubleValue(), 1e-12);
        assertTrue(lists.path(0).path("description").asString().startsWith("list 1 of 2, rank 2: 1.0 / (60 + 2)"));
        assertTrue(lists.path(1).path("description").asString().startsWith("list 2 of 2, rank 1: 1.0 / (60 + 1)"));
    }

    @Test
    void profileTellsPhasesTermsAndSegments() throws IOException, InterruptedException {
        JsonNode profile = search("{\"profile\": true, \"query\": {\"match\": {\"text\": \"small boat\"}}}")
                .path("profile");
        assertEquals(0, profile.path("shards").size());
        JsonNode skiff = profile.path("skiff");
        for (String phase : List.of("encode", "search", "fetch")) {
            assertTrue(skiff.path("phases").path(phase).doubleValue() >= 0, phase);
        }
        JsonNode searched = skiff.path("searches").path(0);
        assertEquals("dot_product", searched.path("plan").asString());
        JsonNode term = searched.path("terms").path(1);
        assertEquals("boat", term.path("token").asString());
        assertEquals(2, term.path("df").asInt());
        assertTrue(term.path("bound").doubleValue() > 0);
        JsonNode segment = searched.path("segments").path(0);
        assertEquals(2, segment.path("terms").asInt());
        assertTrue(segment.path("postings").asInt() > 0, segment.toString());
    }

    @Test
    void highlightsStandInHitsWithExtrasBesideThem() throws IOException, InterruptedException {
        JsonNode hit = firstHit(search("{\"query\": {\"match\": {\"text\": \"boat\"}}, \"_source\": false,"
                + " \"highlight\": {\"fields\": {\"text\": {}}}, \"ext\": {\"skiff\": {\"words\": true}}}"));
        assertEquals(
                "[\"A skiff is a small <em>boat</em> for one or two people\"]",
                hit.path("highlight").path("text").toString());
        assertFalse(hit.has("_source"));
        JsonNode word = hit.path("_skiff")
                .path("words")
                .path("text")
                .path(0)
                .path("words")
                .path(0);
        assertEquals(19, word.path("start").asInt());
        assertEquals(hit.path("_score").floatValue(), word.path("score").floatValue(), 1e-6f);
    }

    /** Fields of their own for title and body, and a body of several texts. */
    @Test
    void indexesThatAreWrittenHaveThemToo(@TempDir Path live) throws IOException, InterruptedException {
        try (LiveServer server = new LiveServer(live)) {
            server.send(
                    "PUT /notes",
                    "{'mappings': {'properties': {'title': {'type': 'text'},"
                            + " 'body': {'type': 'text', 'analyzer': 'english'}}}}");
            for (int i = 0; i < 3; i++) {
                server.send(
                        "PUT /notes/_doc/" + i + "?refresh=true",
                        "{'title': 'boat " + i + "', 'body': ['one boat', 'nothing', 'two <b> boats']}");
            }
            JsonNode answer = server.send(
                            "POST /notes/_search",
                            "{'explain': true, 'profile': true, 'query': {'multi_match':"
                                    + " {'query': 'boat', 'fields': ['title^2', 'body']}},"
                                    + " 'highlight': {'encoder': 'html', 'fields': {'title': {}, 'body': {}}}}")
                    .json();
            JsonNode hit = firstHit(answer);
            assertEquals(
                    "{\"title\":[\"<em>boat</em> 0\"],"
                            + "\"body\":[\"one <em>boat</em>\",\"two &lt;b&gt; <em>boats</em>\"]}",
                    hit.path("highlight").toString(),
                    answer.toString());
            JsonNode explanation = hit.path("_explanation");
            assertTrue(explanation.path("description").asString().startsWith("max plus 0.0 times"), hit.toString());
            assertEquals(
                    hit.path("_score").floatValue(), explanation.path("value").floatValue());
        }
    }

    @Test
    void severalSearchesHaveTheirDetailsEach() throws IOException, InterruptedException {
        String body = "{\"index\": \"docs\"}\n{\"explain\": true, \"query\": {\"match\": {\"text\": \"boat\"}}}\n"
                + "{\"index\": \"docs\"}\n{\"highlight\": {\"fields\": {\"text\": {}}},"
                + " \"query\": {\"match\": {\"text\": \"ships\"}}}\n";
        JsonNode answers = ServedIndex.json(served.send(served.to("/_msearch").POST(BodyPublishers.ofString(body))))
                .path("responses");
        assertTrue(firstHit(answers.path(0)).has("_explanation"), answers.toString());
        assertTrue(
                firstHit(answers.path(1)).path("highlight").toString().contains("<em>ships</em>"), answers.toString());
    }
}
