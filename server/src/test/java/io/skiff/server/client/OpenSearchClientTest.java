package io.skiff.server.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.rest.LiveServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.opensearch._types.Refresh;
import org.opensearch.client.opensearch._types.Result;
import org.opensearch.client.opensearch._types.SortOrder;
import org.opensearch.client.opensearch.core.BulkResponse;
import org.opensearch.client.opensearch.core.SearchRequest;
import org.opensearch.client.opensearch.core.SearchResponse;
import org.opensearch.client.opensearch.core.search.Hit;
import org.opensearch.client.opensearch.generic.Bodies;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5Transport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;

/** OpenSearch's official Java client, unmodified: an application with sparse vectors, from the index to the answer. */
@Timeout(120)
class OpenSearchClientTest {
    private static final String INDEX = "books";

    private LiveServer server;
    private ApacheHttpClient5Transport transport;
    private OpenSearchClient client;

    /** A document. */
    public record Book(String title, Map<String, Float> sv, String lang, int year) {}

    @BeforeEach
    void fill(@TempDir Path data) throws Exception {
        server = new LiveServer(data);
        transport = ApacheHttpClient5TransportBuilder.builder(HttpHost.create(server.address()))
                .setMapper(new JacksonJsonpMapper())
                .build();
        client = new OpenSearchClient(transport);
        assertTrue(client.indices()
                .create(c -> c.index(INDEX)
                        .settings(s -> s.numberOfShards(1).refreshInterval(t -> t.time("30s")))
                        .mappings(m -> m.properties("title", p -> p.text(t -> t.analyzer("english")))
                                .properties("sv", p -> p.rankFeatures(f -> f))
                                .properties("lang", p -> p.keyword(k -> k))
                                .properties("year", p -> p.integer(i -> i))))
                .acknowledged());
        assertEquals(
                Result.Created,
                client.index(i -> i.index(INDEX)
                                .id("1")
                                .document(new Book(
                                        "Sailing alone around the world", Map.of("boat", 2f, "sea", 1f), "en", 1900)))
                        .result());
        BulkResponse bulk = client.bulk(b -> b.index(INDEX)
                .refresh(Refresh.True)
                .operations(o -> o.index(i -> i.id("2")
                        .document(new Book("The riddle of the sands", Map.of("boat", 1f, "sand", 3f), "en", 1903))))
                .operations(o ->
                        o.create(i -> i.id("3").document(new Book("Das Boot", Map.of("boat", 3f), "de", 1973))))
                .operations(o -> o.create(i -> i.id("1").document(new Book("Twice", Map.of("boat", 9f), "en", 1)))));
        assertTrue(bulk.errors());
        assertEquals(
                List.of(201, 201, 409),
                bulk.items().stream().map(item -> item.status()).toList());
    }

    @AfterEach
    void stop() throws IOException {
        transport.close();
        server.close();
    }

    @Test
    void meetsTheServer() throws IOException {
        assertTrue(client.ping().value());
        assertEquals("9.5.2", client.info().version().number());
        assertEquals("skiff", client.info().version().distribution());
        assertEquals(1, client.cluster().health().numberOfNodes());
        assertEquals(3, client.count(c -> c.index(INDEX)).count());
        assertTrue(client.indices().exists(e -> e.index(INDEX)).value());
        assertFalse(client.indices().exists(e -> e.index("nope")).value());
        assertTrue(client.indices()
                .getMapping(m -> m.index(INDEX))
                .get(INDEX)
                .mappings()
                .properties()
                .get("sv")
                .isRankFeatures());
    }

    @Test
    void readsAndChangesDocuments() throws IOException {
        assertEquals(
                1900,
                client.get(g -> g.index(INDEX).id("1"), Book.class).source().year());
        assertEquals(
                Result.Updated,
                client.update(u -> u.index(INDEX).id("1").doc(Map.of("year", 1901)), Book.class)
                        .result());
        assertEquals(Result.Deleted, client.delete(d -> d.index(INDEX).id("3")).result());
        assertFalse(client.exists(e -> e.index(INDEX).id("3")).value());
        client.indices().refresh(r -> r.index(INDEX));
        assertEquals(2, client.count(c -> c.index(INDEX)).count());
    }

    @Test
    void searches() throws IOException {
        assertEquals(
                List.of("1"),
                ids(client.search(
                        s -> s.index(INDEX)
                                .query(q -> q.match(m -> m.field("title").query(FieldValue.of("sails")))),
                        Book.class)));
        SearchRequest sorted = SearchRequest.of(s -> s.index(INDEX)
                .query(q ->
                        q.bool(b -> b.filter(f -> f.term(t -> t.field("lang").value(FieldValue.of("en"))))))
                .sort(o -> o.field(f -> f.field("year").order(SortOrder.Desc))));
        assertEquals(List.of("2", "1"), ids(client.search(sorted, Book.class)));
    }

    /** The client has no class for this query and sends it by its generic part, as its guide has it for such. */
    @Test
    void searchesByNeuralSparse() throws IOException {
        assertEquals(List.of("3 3.0", "1 2.0", "2 1.0"), neuralSparse("{\"boat\": 1}"));
        assertEquals(List.of("2 7.0", "3 3.0", "1 2.0"), neuralSparse("{\"boat\": 1, \"sand\": 2}"));
        assertEquals(List.of(), neuralSparse("{\"unheard\": 1}"));
    }

    private List<String> neuralSparse(String tokens) throws IOException {
        try (Response response = client.generic()
                .execute(Requests.builder()
                        .endpoint("/" + INDEX + "/_search")
                        .method("POST")
                        .json("{\"query\": {\"neural_sparse\": {\"sv\": {\"query_tokens\": " + tokens + "}}}}")
                        .build())) {
            assertEquals(200, response.getStatus());
            // The class that its typed searches are answered in.
            SearchResponse<Book> answer = response.getBody()
                    .map(body -> Bodies.json(
                            body,
                            SearchResponse.createSearchResponseDeserializer(
                                    org.opensearch.client.json.JsonpDeserializer.of(Book.class)),
                            transport.jsonpMapper()))
                    .orElseThrow();
            return answer.hits().hits().stream()
                    .map(hit -> hit.id() + " " + hit.score())
                    .toList();
        }
    }

    @Test
    void isRefusedInAWayItReads() {
        OpenSearchException refused =
                assertThrows(OpenSearchException.class, () -> client.search(s -> s.index("nope"), Book.class));
        assertEquals(404, refused.status());
        assertEquals("index_not_found_exception", refused.error().type());
    }

    private static List<String> ids(SearchResponse<Book> answer) {
        return answer.hits().hits().stream().map(Hit::id).toList();
    }
}
