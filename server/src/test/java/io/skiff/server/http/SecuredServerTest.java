package io.skiff.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.skiff.index.Document;
import io.skiff.index.IndexBuilder;
import io.skiff.index.SparseVector;
import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Access;
import io.skiff.server.rest.WriteOptions;
import io.skiff.server.rest.query.QueryLimits;
import io.skiff.server.security.ApiKeys;
import io.skiff.server.security.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A server with keys, limits, a slow log and metrics. */
@Timeout(60)
class SecuredServerTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Collections collections;
    private SkiffServer server;
    private String reader;
    private String writer;

    @BeforeEach
    void start() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (IndexBuilder builder = IndexBuilder.create(data.resolve("docs"), Map.of(), false)) {
            builder.add(Document.of("d0", "sv", SparseVector.of(Map.of("cat", 1f))));
            builder.commit();
        }
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Path keys = folder.resolve("keys.txt");
        reader = ApiKeys.create(keys, "reader", Set.of(Scope.READ));
        writer = ApiKeys.create(keys, "writer", Set.of(Scope.WRITE));
        collections = Collections.open(data);
        server = SkiffServer.start(
                collections,
                ServerOptions.at("127.0.0.1", 0),
                new ServiceOptions(
                        Access.of(ApiKeys.load(keys)),
                        new QueryLimits(2, 3, 2, 2),
                        WriteOptions.DEFAULT,
                        Optional.of(Duration.ZERO)));
    }

    @AfterEach
    void stop() {
        server.close();
        collections.close();
        client.close();
    }

    private HttpResponse<String> send(String path, String key, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .header("Content-Type", "application/json");
        if (key != null) {
            request.header("Authorization", "ApiKey " + key);
        }
        if (body != null) {
            request.POST(BodyPublishers.ofString(body));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void letsInThoseWithAKeyOfTheRightScope() throws Exception {
        assertEquals(200, send("/docs/_count", reader, null).statusCode());
        for (String path :
                List.of("/", "/docs/_search", "/_cluster/health", "/_prometheus/metrics", "/_skiff/collections")) {
            HttpResponse<String> stranger = send(path, null, null);
            assertEquals(401, stranger.statusCode(), path);
            assertEquals(
                    "ApiKey", stranger.headers().firstValue("WWW-Authenticate").orElse("none"));
            assertTrue(stranger.body().contains("\"security_exception\""), stranger.body());
            assertTrue(stranger.body().contains("missing authentication credentials"), stranger.body());
        }
        assertEquals(401, send("/docs/_search", reader + "x", null).statusCode());
        HttpResponse<String> wrongScope = send("/docs/_search", writer, null);
        assertEquals(403, wrongScope.statusCode());
        assertTrue(wrongScope.body().contains("needs the scope [read]"), wrongScope.body());
        assertFalse(wrongScope.body().contains(writer), wrongScope.body());
    }

    @Test
    void changesNothingForThoseWhoMayOnlyRead() throws Exception {
        String document = "{\"t\":\"x\"}";
        for (String path : List.of("/i/_doc", "/i/_bulk", "/i/_update/1", "/i/_refresh", "/i/_delete_by_query")) {
            HttpResponse<String> refused = send(path, reader, document);
            assertEquals(403, refused.statusCode(), path);
            assertTrue(refused.body().contains("needs the scope [write]"), refused.body());
        }
        assertEquals(404, send("/i/_count", reader, null).statusCode());
        assertEquals(201, send("/i/_doc?refresh=true", writer, document).statusCode());
        assertEquals(200, send("/i/_count", reader, null).statusCode());
        HttpResponse<String> built = send("/docs/_doc", writer, document);
        assertEquals(403, built.statusCode());
        assertTrue(built.body().contains("cluster_block_exception"), built.body());
    }

    @Test
    void keepsToItsLimits() throws Exception {
        String one = "{\"match_all\":{}}";
        assertEquals(
                400,
                send("/docs/_search", reader, "{\"query\":{\"bool\":{\"must\":{\"bool\":{\"must\":" + one + "}}}}}")
                        .statusCode());
        HttpResponse<String> clauses = send(
                "/docs/_search", reader, "{\"query\":{\"bool\":{\"should\":[" + one + "," + one + "," + one + "]}}}");
        assertTrue(clauses.body().contains("maxClauseCount is set to 3"), clauses.body());
        assertTrue(send("/docs/_search", reader, "{\"query\":{\"terms\":{\"a\":[1,2,3]}}}")
                .body()
                .contains("maximum of [2]"));
    }

    @Test
    void reachesNothingOutsideOfItsFolder() throws Exception {
        for (String path : List.of(
                "/..%2f..%2fsecret.txt/_search",
                "/%2e%2e/_search",
                "/../secret.txt",
                "/docs/../../secret.txt",
                "/_skiff/page/..%2f..%2f..%2fsecret.txt",
                "/_skiff/page/%2fetc%2fpasswd",
                "/docs%00/_search",
                "/.hidden/_search")) {
            try (RawClient raw = new RawClient(server.address())) {
                raw.send("GET " + path + " HTTP/1.1\r\nHost: t\r\nAuthorization: ApiKey " + reader + "\r\n\r\n");
                RawClient.Answer answer = raw.receive();
                assertTrue(answer.status() == 404 || answer.status() == 400, path + " " + answer.status());
                assertFalse(answer.body().contains("\"secret\""), answer.body());
            }
        }
    }

    @Test
    void refusesRequestsThatTwoReadersWouldReadDifferently() throws Exception {
        for (String headers : List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 4\r\nContent-Length: 5\r\n",
                "Content-Length: -1\r\n",
                "Transfer-Encoding: chunked, identity\r\nContent-Length: +4\r\n")) {
            try (RawClient raw = new RawClient(server.address())) {
                raw.send("POST /docs/_search HTTP/1.1\r\nHost: t\r\n" + headers + "\r\n0\r\n\r\n");
                RawClient.Answer answer = raw.receive();
                assertTrue(answer.status() >= 400, headers + answer.status());
            }
        }
        assertEquals(200, send("/docs/_count", reader, null).statusCode());
    }

    @Test
    void tellsPrometheusWhatItDoes() throws Exception {
        send("/docs/_search", reader, "{}");
        send("/docs/_search", null, "{}");
        send("/made/up/by/a/client", reader, null);
        HttpResponse<String> metrics = send("/_prometheus/metrics", reader, null);
        assertEquals(200, metrics.statusCode());
        assertTrue(metrics.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
        for (String line : List.of(
                "skiff_http_requests_total{route=\"POST /{index}/_search\",status=\"200\"} 1.0",
                "skiff_http_requests_total{route=\"none\",status=\"401\"} 1.0",
                "skiff_http_requests_total{route=\"none\",status=\"400\"} 1.0",
                "skiff_http_request_seconds_count{route=\"POST /{index}/_search\"} 1",
                "skiff_index_documents{index=\"docs\"} 1.0",
                "skiff_searches_waiting 0.0",
                "skiff_searches_rejected_total 0.0")) {
            assertTrue(metrics.body().contains(line), line + " in\n" + metrics.body());
        }
        assertFalse(metrics.body().contains("made"), "no label is a client's to choose");
    }

    @Test
    void logsWhatWasSlow() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("io.skiff.slow");
        logged.start();
        logger.addAppender(logged);
        try {
            send("/docs/_search", reader, "{\"size\": 1}");
            while (logged.list.isEmpty()) {
                Thread.sleep(1); // the answer may arrive first; the test's timeout ends this
            }
        } finally {
            logger.detachAppender(logged);
        }
        String said = logged.list.getFirst().getKeyValuePairs().toString();
        assertTrue(said.contains("/docs/_search"), said);
        assertTrue(said.contains("{\"size\": 1}"), said);
        assertFalse(said.contains(reader), said);
    }
}
