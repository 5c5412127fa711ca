package io.skiff.server.rest.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.rest.LiveServer;
import io.skiff.server.rest.LiveServer.Answer;
import io.skiff.server.rest.WriteOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SnapshotApiTest {
    @TempDir
    private Path folder;

    private LiveServer server;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        server = new LiveServer(
                folder.resolve("data"),
                new WriteOptions(true, Optional.of(folder.resolve("backups"))),
                Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void bringsBackWhatWasThere() throws Exception {
        for (int i = 0; i < 20; i++) {
            server.send("PUT /i/_doc/" + i, "{'t':'word" + i + "'}");
        }
        server.send("POST /i/_refresh");
        server.send("PUT /i/_doc/late", "{'t':'late'}");
        assertEquals(
                200,
                server.send("PUT /_snapshot/r", "{'type':'fs','settings':{'location':'a'}}")
                        .status());
        Answer made = server.send("PUT /_snapshot/r/s1?wait_for_completion=true", "{'indices':'i'}");
        assertEquals("SUCCESS", made.at("snapshot/state"), made.text());
        assertEquals("i", made.at("snapshot/indices/0"));
        server.send("PUT /i/_doc/1?refresh=true", "{'t':'changed'}");
        Answer taken = server.send("POST /_snapshot/r/s1/_restore");
        assertEquals("snapshot_restore_exception", taken.at("error/type"), taken.text());
        Answer renamed = server.send(
                "POST /_snapshot/r/s1/_restore?wait_for_completion=true",
                "{'rename_pattern':'(.+)','rename_replacement':'old-$1'}");
        assertEquals("old-i", renamed.at("snapshot/indices/0"), renamed.text());
        assertEquals("21", server.send("GET /old-i/_count").at("count"));
        assertEquals("word1", server.send("GET /old-i/_source/1").at("t"));
        assertEquals("changed", server.send("GET /i/_source/1").at("t"));
        assertNotEquals(
                server.send("GET /i/_settings").at("i/settings/index/uuid"),
                server.send("GET /old-i/_settings").at("old-i/settings/index/uuid"));
        assertEquals(
                "late",
                server.send("POST /old-i/_search", "{'query':{'match':{'t':'late'}}}")
                        .at("hits/hits/0/_id"));
        server.send("DELETE /i");
        assertEquals("true", server.send("POST /_snapshot/r/s1/_restore").at("accepted"));
        assertEquals("21", server.send("GET /i/_count").at("count"));
        assertEquals(201, server.send("PUT /i/_doc/new", "{'t':'x'}").status());
        assertEquals("s1", server.send("GET /_snapshot/r/_all").at("snapshots/0/snapshot"));
        assertEquals(
                "invalid_snapshot_name_exception",
                server.send("PUT /_snapshot/r/s1").at("error/type"));
        assertEquals("true", server.send("DELETE /_snapshot/r/s1").at("acknowledged"));
        assertEquals(404, server.send("GET /_snapshot/r/s1").status());
        assertEquals(
                "snapshot_missing_exception",
                server.send("POST /_snapshot/r/s1/_restore").at("error/type"));
        try (var files = Files.list(folder.resolve("backups").resolve("a"))) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void staysWithinItsFolder() throws Exception {
        for (String location : new String[] {"..", "../x", "/tmp/x", "a/../../x", "."}) {
            Answer answer = server.send("PUT /_snapshot/r", "{'type':'fs','settings':{'location':'" + location + "'}}");
            assertEquals(400, answer.status(), location);
            assertEquals("repository_exception", answer.at("error/type"), location);
        }
        server.send("PUT /_snapshot/r", "{'type':'fs','settings':{'location':'a'}}");
        assertEquals(400, server.send("PUT /_snapshot/r/..%2Fx").status());
        assertEquals(404, server.send("GET /_snapshot/r/..%2Fx").status());
        assertEquals(404, server.send("DELETE /_snapshot/r/..%2F..%2Fdata").status());
        assertTrue(Files.exists(folder.resolve("data")));
        assertFalse(Files.exists(folder.resolve("x")));
        assertEquals(
                "repository_missing_exception",
                server.send("PUT /_snapshot/q/s").at("error/type"));
        assertEquals("true", server.send("DELETE /_snapshot/r").at("acknowledged"));
        assertEquals("{}", server.send("GET /_snapshot").text());
        assertEquals(400, server.send("PUT /_snapshot/r", "{'type':'s3'}").status());
    }
}
