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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    private Path folder;

    private Path index;

    @BeforeEach
    void buildIndex() throws IOException {
        index = folder.resolve("index");
        Path docs = Files.writeString(folder.resolve("docs.tsv"), "1\tcats\n2\tdogs and cats\n");
        Ran.skiff("index", "--index", index, docs).done();
    }

    @Test
    void aSoundIndexIsSound() {
        Ran ran = Ran.skiff("check", "--index", index).done();

        assertTrue(ran.out().startsWith(index + ": sound"), ran.out());
    }

    @Test
    void aFlippedBitInAnyFileIsFoundAndTheFileNamed() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(index)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        assertTrue(files.size() > 1, files.toString());
        for (Path file : files) {
            byte[] sound = Files.readAllBytes(file);
            byte[] damaged = sound.clone();
            damaged[damaged.length / 2] ^= 4;
            Files.write(file, damaged);

            Ran ran = Ran.skiff("check", "--index", index);

            assertEquals(1, ran.exitCode(), file.toString());
            assertTrue((ran.out() + ran.err()).contains(file.getFileName().toString()), ran.out() + ran.err());
            Files.write(file, sound);
        }
        Ran.skiff("check", "--index", index).done();
    }

    @Test
    void aLiveIndexIsHeldAgainstItsStore() throws IOException {
        Path live = folder.resolve("live");
        Path other = folder.resolve("other");
        for (Path directory : List.of(live, other)) {
            try (IndexWriter writer = IndexWriter.create(directory, LiveOptions.DEFAULT)) {
                String id = directory.getFileName().toString();
                writer.write(List.of(LiveWrite.Put.of(LiveDocument.of(id, "body", SparseVector.of(Map.of("cat", 1))))));
            }
        }
        assertTrue(Ran.skiff("check", "--index", live).done().out().contains(": sound"));

        Files.move(live.resolve("store"), folder.resolve("aside"));
        Files.move(other.resolve("store"), live.resolve("store"));
        Ran ran = Ran.skiff("check", "--index", live);

        assertEquals(1, ran.exitCode());
        assertTrue(ran.out().contains("document 'other'"), ran.out());
    }

    @Test
    void whatIsNoIndexIsSaidToBeNone() {
        Ran.skiff("check", "--index", folder).failed(folder.toString(), "not an index");
        Ran.skiff("check", "--index", folder.resolve("missing")).failed("missing", "no such directory");
        Ran.skiff("check").wrongUsage("--index");
    }
}
