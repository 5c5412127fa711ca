package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.LiveSegments;
import io.skiff.index.MappedMemoryExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Segments and a document store that are each sound and do not belong together. */
@ExtendWith(MappedMemoryExtension.class)
class LiveCheckTest {
    @TempDir
    private Path folder;

    private Path write(String name, int first, int end, int number) throws IOException {
        Path index = folder.resolve(name);
        try (IndexWriter writer = IndexWriter.create(index, LiveIndexes.MANUAL)) {
            List<LiveWrite> writes = new ArrayList<>();
            for (int i = first; i < end; i++) {
                writes.add(LiveWrite.Put.of(LiveModel.document("d" + i, number)));
            }
            writer.write(writes);
        }
        LiveIndexes.verifySound(index);
        return index;
    }

    private static void exchangeStores(Path a, Path b) throws IOException {
        Path aside = a.resolveSibling("aside");
        Files.move(a.resolve(LiveSegments.STORE_NAME), aside);
        Files.move(b.resolve(LiveSegments.STORE_NAME), a.resolve(LiveSegments.STORE_NAME));
        Files.move(aside, b.resolve(LiveSegments.STORE_NAME));
    }

    private static String problems(Path index) throws IOException {
        return LiveCheck.run(index, bytes -> {}).problems().toString();
    }

    @Test
    void otherDocumentsAreTold() throws IOException {
        Path index = write("index", 0, 10, 1);
        exchangeStores(index, write("other", 1, 11, 1));
        assertTrue(
                problems(index)
                        .contains("document 'd10', last changed as number 9, is 0 times in the segments, expected 1"),
                problems(index));
    }

    @Test
    void documentsThatTheStoreDoesNotKnowAreTold() throws IOException {
        Path index = write("index", 0, 10, 1);
        Path other = folder.resolve("other");
        try (IndexWriter writer = IndexWriter.create(other, LiveIndexes.MANUAL)) {
            for (int i = 0; i < 20; i++) {
                writer.write(List.of(LiveWrite.Put.of(LiveModel.document("x", i))));
            }
        }
        exchangeStores(index, other);
        assertTrue(problems(index).contains("10 documents, of which the document store knows 0"), problems(index));
    }

    @Test
    void anotherSourceIsTold() throws IOException {
        Path index = write("index", 0, 10, 1);
        exchangeStores(index, write("other", 0, 10, 2));
        assertTrue(problems(index).contains("has another source there"), problems(index));
    }

    @Test
    void aStoreThatLacksWhatTheSegmentsHaveIsToldAndNotOpened() throws IOException {
        Path index = write("index", 0, 10, 1);
        exchangeStores(index, write("other", 0, 5, 1));
        assertTrue(problems(index).contains("the segments have changes up to number 9, the document store up to 4"));
        IOException refused = assertThrows(IOException.class, () -> IndexWriter.open(index, LiveIndexes.MANUAL));
        assertTrue(refused.getMessage().contains("put in place of another one"), refused.getMessage());
    }

    @Test
    void aDamagedStoreIsNamed() throws IOException {
        Path index = write("index", 0, 10, 1);
        try (Stream<Path> files = Files.list(index.resolve(LiveSegments.STORE_NAME))) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("MANIFEST"))
                    .toList()) {
                Files.delete(file);
            }
        }
        assertTrue(problems(index).contains(LiveSegments.STORE_NAME), problems(index));
        assertEquals(1, LiveCheck.run(index, bytes -> {}).problems().size());
    }
}
