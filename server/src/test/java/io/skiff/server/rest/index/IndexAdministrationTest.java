package io.skiff.server.rest.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.rest.LiveServer;
import io.skiff.server.rest.LiveServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class IndexAdministrationTest {
    private static final String TITLE_AND_VECTOR =
            "{'mappings':{'properties':{'title':{'type':'text','analyzer':'english'},'sv':{'type':'sparse_vector'}}}}";

    @TempDir
    private Path data;

    private LiveServer server;

    @BeforeEach
    void start() throws Exception {
        server = new LiveServer(data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() throws Exception {
        server.close();
        server = new LiveServer(data);
    }

    @Test
    void makesAndRemovesIndexes() throws Exception {
        assertEquals(404, server.send("HEAD /i").status());
        Answer made = server.send("PUT /i", TITLE_AND_VECTOR);
        assertEquals("{\"acknowledged\":true,\"shards_acknowledged\":true,\"index\":\"i\"}", made.text());
        assertEquals(200, server.send("HEAD /i").status());
        Answer again = server.send("PUT /i");
        assertEquals(400, again.status());
        assertEquals("resource_already_exists_exception", again.at("error/type"));
        String uuid = again.at("error/index_uuid");
        assertEquals("index [i/" + uuid + "] already exists", again.at("error/reason"));
        assertEquals(uuid, server.send("GET /i/_settings").at("i/settings/index/uuid"));
        assertEquals("{\"acknowledged\":true}", server.send("DELETE /i").text());
        Answer gone = server.send("DELETE /i");
        assertEquals(404, gone.status());
        assertEquals("index_not_found_exception", gone.at("error/type"));
        assertEquals(200, server.send("DELETE /i?ignore_unavailable=true").status());
        assertFalse(Files.exists(data.resolve("i")));
        assertEquals(0, server.send("GET /_cat/indices").json().size());
        assertEquals(200, server.send("PUT /i").status());
    }

    @Test
    void remembersEverythingOverARestart() throws Exception {
        server.send(
                "PUT /i",
                "{'settings':{'index':{'number_of_shards':3,'refresh_interval':'5s','translog':{'durability':'async'}}},"
                        + "'mappings':{'dynamic':'strict','properties':{'n':{'type':'integer'}}}}");
        server.send("PUT /i/_mapping", "{'properties':{'tag':{'type':'keyword'}}}");
        server.send("PUT /i/_settings", "{'index':{'translog.sync_interval':'250ms'}}");
        Answer before = server.send("GET /i");
        assertEquals("3", before.at("i/settings/index/number_of_shards"));
        assertEquals("5s", before.at("i/settings/index/refresh_interval"));
        assertEquals("async", before.at("i/settings/index/translog/durability"));
        assertEquals("250ms", before.at("i/settings/index/translog/sync_interval"));
        assertEquals("strict", before.at("i/mappings/dynamic"));
        assertEquals("keyword", before.at("i/mappings/properties/tag/type"));
        restart();
        assertEquals(before.text(), server.send("GET /i").text());
    }

    @Test
    void healthSaysWhenRefreshesFail() throws Exception {
        server.send("PUT /i", "{'settings':{'refresh_interval':'10ms'}}");
        server.send("PUT /other");
        assertEquals("green", server.send("GET /_cluster/health").at("status"));
        Path build;
        try (Stream<Path> files = Files.list(data)) {
            build = files.filter(file -> file.getFileName().toString().startsWith(".i.building-"))
                    .findFirst()
                    .orElseThrow();
        }
        // As if the disk were full.
        Files.move(build, data.resolve(".away"));
        server.send("PUT /i/_doc/1", "{'n':1}");
        while (server.send("GET /_cluster/health").at("status").equals("green")) {
            Thread.sleep(10);
        }
        assertEquals("yellow", server.send("GET /_cat/health").at("0/status"));
        assertEquals("yellow", server.send("GET /_cat/indices/i").at("0/health"));
        assertEquals("green", server.send("GET /_cluster/health/other").at("status"));
        assertEquals(
                408, server.send("GET /_cluster/health?wait_for_status=green").status());
        Files.move(data.resolve(".away"), build);
        while (!server.send("GET /_cluster/health").at("status").equals("green")) {
            Thread.sleep(10);
        }
        assertEquals("1", server.send("GET /i/_count").at("count"));
    }

    @Test
    void changedSettingsHoldAtOnce() throws Exception {
        server.send("PUT /i", "{'settings':{'refresh_interval':-1}}");
        server.send("PUT /i/_doc/1", "{'n':1}");
        assertEquals("0", server.send("GET /i/_count").at("count"));
        server.send("PUT /i/_settings", "{'refresh_interval':'10ms'}");
        while (server.send("GET /i/_count").at("count").equals("0")) {
            Thread.sleep(10);
        }
    }

    @Test
    void refusesNamesThatCannotBe() throws Exception {
        for (String name : List.of(
                "Upper",
                "a%20b",
                "a%2Fb",
                "..%2Fx",
                "..",
                "%2e%2e",
                ".hidden",
                "-a",
                "+a",
                "a,b",
                "a*",
                "a%23b",
                "a:b",
                "a%5Cb",
                "a%00b",
                "x".repeat(201))) {
            Answer answer = server.send("PUT /" + name);
            assertEquals(400, answer.status(), name);
            assertEquals("invalid_index_name_exception", answer.at("error/type"), name);
            Answer document = server.send("PUT /" + name + "/_doc/1", "{}");
            assertEquals(400, document.status(), name);
        }
        assertEquals(400, server.send("PUT /_all").status(), "an underscore begins an endpoint");
        try (var files = Files.list(data)) {
            assertEquals(List.of(), files.toList());
        }
        assertEquals(200, server.send("PUT /" + "x".repeat(200)).status());
    }

    @Test
    void doesNotTakeAFolderThatIsNoIndex() throws Exception {
        Files.createDirectory(data.resolve("mine"));
        Answer answer = server.send("PUT /mine");
        assertEquals(400, answer.status());
        assertTrue(answer.at("error/reason").contains("no index"), answer.text());
        assertTrue(Files.isDirectory(data.resolve("mine")));
    }

    @Test
    void refusesWhatItDoesNotKnowOfAnIndex() throws Exception {
        assertError(
                "illegal_argument_exception", "index.codec", server.send("PUT /i", "{'settings':{'codec':'best'}}"));
        assertError(
                "illegal_argument_exception",
                "analysis.analyzer.a.type",
                server.send("PUT /i", "{'settings':{'analysis':{'analyzer':{'a':{'type':'custom'}}}}}"));
        assertError(
                "illegal_argument_exception",
                "number_of_shards",
                server.send("PUT /i", "{'settings':{'number_of_shards':0}}"));
        assertError(
                "illegal_argument_exception",
                "refresh_interval",
                server.send("PUT /i", "{'settings':{'refresh_interval':'soon'}}"));
        assertError(
                "mapper_parsing_exception",
                "[nope]",
                server.send("PUT /i", "{'mappings':{'properties':{'a':{'type':'nope'}}}}"));
        assertError("illegal_argument_exception", "aliases", server.send("PUT /i", "{'aliases':{'a':{}}}"));
        assertError("parse_exception", "unknown key [what]", server.send("PUT /i", "{'what':1}"));
        assertError("x_content_e_o_f_exception", "", server.send("PUT /i", "{"));
        assertEquals(404, server.send("HEAD /i").status());
        server.send("PUT /i", TITLE_AND_VECTOR);
        assertError(
                "illegal_argument_exception",
                "cannot be changed from type [text] to [keyword]",
                server.send("PUT /i/_mapping", "{'properties':{'title':{'type':'keyword'}}}"));
        assertError(
                "illegal_argument_exception",
                "number_of_shards",
                server.send("PUT /i/_settings", "{'number_of_shards':2}"));
    }

    private static void assertError(String type, String reason, Answer answer) {
        assertEquals(400, answer.status(), answer.text());
        assertEquals(type, answer.at("error/type"), answer.text());
        assertTrue(answer.at("error/reason").contains(reason), answer.text());
    }

    @Test
    void tellsHowMuchIsThere() throws Exception {
        server.send("PUT /i", TITLE_AND_VECTOR);
        server.send("PUT /i/_doc/1", "{'title':'one'}");
        server.send("PUT /i/_doc/2?refresh=true", "{'title':'two'}");
        server.send("DELETE /i/_doc/1?refresh=true");
        Answer cat = server.send("GET /_cat/indices/i");
        assertEquals("1", cat.at("0/docs.count"));
        assertTrue(Long.parseLong(cat.at("0/store.size").replace("b", "")) > 0, cat.text());
        assertEquals("1", server.send("GET /i/_count").at("count"));
        assertEquals("1", server.send("GET /_nodes/stats").at("nodes/skiff/indices/docs/count"));
        assertEquals("1", server.send("POST /_forcemerge?max_num_segments=1").at("_shards/successful"));
        assertEquals("0", server.send("GET /_cat/indices/i").at("0/docs.deleted"));
        assertEquals(200, server.send("POST /i/_flush").status());
        assertEquals(200, server.send("POST /_refresh").status());
    }

    @Test
    void removesWhatACrashLeftBehind() throws Exception {
        server.close();
        Files.createDirectories(data.resolve(".making-i").resolve("segments"));
        Files.createDirectories(data.resolve(".removing-1"));
        server = new LiveServer(data);
        assertFalse(Files.exists(data.resolve(".making-i")));
        assertFalse(Files.exists(data.resolve(".removing-1")));
        assertEquals(200, server.send("PUT /i").status());
    }
}
