package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.SparseVector;
import io.skiff.index.live.IndexWriter;
import io.skiff.index.live.LiveDocument;
import io.skiff.index.live.LiveOptions;
import io.skiff.index.live.LiveWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuildCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aDamagedManifestIsMadeAgain() throws IOException {
        Path live = folder.resolve("live");
        try (IndexWriter writer = IndexWriter.create(live, LiveOptions.DEFAULT)) {
            for (String id : List.of("a", "b")) {
                writer.write(List.of(LiveWrite.Put.of(LiveDocument.of(id, "body", SparseVector.of(Map.of(id, 1))))));
            }
        }
        Path manifest = live.resolve("manifest.skiff");
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(manifest, bytes);
        assertEquals(1, Ran.skiff("check", "--index", live).exitCode());

        String out = Ran.skiff("rebuild", "--index", live).done().out();

        assertTrue(out.lines().anyMatch(line -> line.matches("documents +2")), out);
        Ran.skiff("check", "--index", live).done();

        Files.delete(manifest);
        Ran.skiff("check", "--index", live).failed(live.toString(), "no manifest", "skiff rebuild");
        Ran.skiff("rebuild", "--index", live).done();
        Ran.skiff("check", "--index", live).done();
    }

    @Test
    void whatHasNoStoreIsRefused() throws IOException {
        Path built = folder.resolve("built");
        Path docs = Files.writeString(folder.resolve("docs.tsv"), "1\tcats\n");
        Ran.skiff("index", "--index", built, docs).done();

        Ran.skiff("rebuild", "--index", built).failed(built.toString(), "no document store", "skiff index --force");
        Ran.skiff("rebuild", "--index", folder).failed("not an index");
        Ran.skiff("rebuild", "--index", folder.resolve("missing")).failed("no such directory");
        Ran.skiff("check", "--index", built).done();
    }
}
