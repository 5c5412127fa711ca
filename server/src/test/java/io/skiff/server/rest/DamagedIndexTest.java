package io.skiff.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.live.IndexWriter;
import io.skiff.index.live.LiveOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server does not start over a damaged index, says how to mend it, and serves all of it when that was done. */
@Timeout(120)
class DamagedIndexTest {
    @TempDir
    private Path data;

    private LiveServer open() throws Exception {
        return new LiveServer(data, WriteOptions.DEFAULT, Optional.empty());
    }

    private Path fill() throws Exception {
        try (LiveServer server = open()) {
            server.send(
                    "PUT /boats",
                    "{'mappings':{'properties':{'name':{'type':'text'},'v':{'type':'sparse_vector'},'n':{'type':'long'}}}}");
            for (int i = 0; i < 20; i++) {
                String document = "{'name':'Sailing boat " + i + "','v':{'sea':" + (1 + i) + ".5},'n':" + i + "}";
                assertEquals(
                        201,
                        server.send("PUT /boats/_doc/" + i + "?refresh=true", document)
                                .status());
            }
            server.send("DELETE /boats/_doc/19?refresh=true");
        }
        return data.resolve("boats");
    }

    private void assertServed() throws Exception {
        try (LiveServer server = open()) {
            String search = "{'query':{'bool':{'must':{'match':{'name':'boat'}},'filter':{'range':{'n':{'gte':15}}}}}}";
            LiveServer.Answer words = server.send("POST /boats/_search", search);
            assertEquals("4", words.at("hits/total/value"), words.text());
            LiveServer.Answer vectors = server.send(
                    "POST /boats/_search", "{'query':{'sparse_vector':{'field':'v','query_vector':{'sea':1}}}}");
            assertEquals("18", vectors.at("hits/hits/0/_id"), vectors.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"terms", "manifest", "columns"})
    void damageIsNamedAndMended(String kind) throws Exception {
        Path index = fill();
        Path file;
        try (var files = Files.list(index)) {
            file = files.filter(each -> each.getFileName().toString().matches("(.*\\.)?" + kind + "\\.skiff"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);

        IOException refused = assertThrows(IOException.class, this::open);

        assertTrue(refused.getMessage().contains(file.getFileName().toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains("skiff rebuild --index " + index), refused.getMessage());
        IndexWriter.rebuild(index, LiveOptions.DEFAULT, changes -> {});
        assertServed();
    }

    @Test
    void anIndexWithoutManifestIsNotOverlooked() throws Exception {
        Path index = fill();
        Files.delete(index.resolve("manifest.skiff"));

        IOException refused = assertThrows(IOException.class, this::open);

        assertTrue(refused.getMessage().contains("skiff rebuild --index " + index), refused.getMessage());
        IndexWriter.rebuild(index, LiveOptions.DEFAULT, changes -> {});
        assertServed();
    }
}
