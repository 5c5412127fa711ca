package io.skiff.server.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.core.MsearchResponse;
import co.elastic.clients.json.JsonData;
import co.elastic.clients.transport.ElasticsearchTransport;
import io.skiff.server.rest.LiveServer;
import io.skiff.server.rest.ServedIndex;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official Java client, unmodified, of versions 9 and 8. */
@Timeout(120)
class ElasticsearchClientTest {
    private static final Path CLIENT_8 = Path.of("target", "client-8");

    private static final List<String> EXPECTED = List.of(
            "ping: true",
            "info: 9.5.2 skiff",
            "exists: true",
            "exists not: false",
            "mapping: sv=sparse_vector,text=text",
            "health: Green 1",
            "cat health: true",
            "cat indices: true",
            "count: 4",
            "count query: 2",
            "all: [d0, d1, d2, d3] of 4 eq",
            "match: [d0, d1] of 2 eq",
            "source: {\"title\":\"Title 1\"}",
            "sum: [d3, d2] of 2 eq",
            "tokens: [d1, d2] of 4 eq",
            "details: dot product over field [text], boost 1.9, sum of: 2"
                    + " {text=[A skiff is a <em>small</em> <em>boat</em> for one or two people]} []",
            "again: [d0] of 4 eq",
            "missing index refused: 404 index_not_found_exception",
            "unsupported query refused: 400 illegal_argument_exception",
            "unknown query refused: 400 parsing_exception");

    private static final List<String> WRITING_EXPECTED = List.of(
            "create: true",
            "create again refused: 400 resource_already_exists_exception",
            "put mapping: true",
            "mapping: sv=sparse_vector,tag=keyword,title=text,year=integer",
            "settings: 30s",
            "index: created 1 0",
            "create document refused: 409 version_conflict_engine_exception",
            "get: 1900",
            "get not: false",
            "exists: true",
            "update: updated",
            "update to the same: noop",
            "upsert: created",
            "stale refused: 409 version_conflict_engine_exception",
            "bad document refused: 400 document_parsing_exception",
            "bulk: true [201, 409, 200, 404]",
            "mget: [true, false]",
            "count: 3",
            "match: [2, 1]",
            "filtered: [1, 4]",
            "vector: false",
            "cat: true",
            "delete: deleted",
            "refresh: 1",
            "delete by query: 1",
            "left: 1",
            "force merge: 1",
            "delete index: true",
            "delete index again refused: 404 index_not_found_exception");

    private static ServedIndex served;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        served = new ServedIndex(data);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void theClientOfVersion9WorksUnmodified() {
        assertEquals(EXPECTED, new ClientScenario().apply(served.address()));
    }

    /** Not part of the scenario, since version 8 has other classes for it. */
    @Test
    void theClientOfVersion9SearchesSeveralTimesAtOnce() throws Exception {
        try (ElasticsearchTransport transport = ClientScenario.transport(served.address())) {
            MsearchResponse<JsonData> answers = new ElasticsearchClient(transport)
                    .msearch(
                            m -> m.index("docs")
                                    .searches(r -> r.header(h -> h).body(b -> b.size(1)))
                                    .searches(
                                            r -> r.header(h -> h.index("nope")).body(b -> b.size(1))),
                            JsonData.class);
            assertEquals(
                    4, answers.responses().getFirst().result().hits().total().value());
            assertEquals(404, answers.responses().getLast().failure().status());
        }
    }

    @Test
    void theClientOfVersion9Writes(@TempDir Path data) throws Exception {
        try (LiveServer live = new LiveServer(data)) {
            assertEquals(WRITING_EXPECTED, new WritingScenario().apply(live.address()));
        }
    }

    @Test
    void theClientOfVersion8WorksUnmodified(@TempDir Path data) throws Exception {
        assertEquals(EXPECTED, runWithVersion8(ClientScenario.class, served.address()));
        try (LiveServer live = new LiveServer(data)) {
            assertEquals(WRITING_EXPECTED, runWithVersion8(WritingScenario.class, live.address()));
        }
    }

    private static List<String> runWithVersion8(Class<?> scenarioClass, String address) throws Exception {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> jars = Files.list(CLIENT_8)) {
            for (Path jar : (Iterable<Path>) jars::iterator) {
                urls.add(jar.toUri().toURL());
            }
        }
        assertTrue(urls.size() > 5, "the build copies the client of version 8 to " + CLIENT_8);
        urls.add(scenarioClass.getProtectionDomain().getCodeSource().getLocation());
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // Nothing of the class path, so that the two clients cannot see each other.
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Object scenario =
                    loader.loadClass(scenarioClass.getName()).getConstructor().newInstance();
            @SuppressWarnings("unchecked")
            Function<String, List<String>> run = (Function<String, List<String>>) scenario;
            return run.apply(address);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
