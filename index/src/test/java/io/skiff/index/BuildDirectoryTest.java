package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MappedMemoryExtension.class)
class BuildDirectoryTest {
    @TempDir
    Path folder;

    private Path index;

    @BeforeEach
    void nameTheIndex() {
        index = folder.resolve("index");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Map<String, byte[]> contents(Path directory) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        for (String name : names(directory)) {
            contents.put(name, Files.readAllBytes(directory.resolve(name)));
        }
        return contents;
    }

    private static String firstId(Path index) throws IOException {
        try (IndexReader reader = IndexReader.open(index)) {
            return reader.segments().getFirst().externalId(0);
        }
    }

    @Test
    void equalDocumentsGiveEqualBytes() throws IOException {
        List<Document> documents = TestDocuments.random(Seed.random(), 200, "title", "body");
        TestDocuments.build(index, documents);
        TestDocuments.build(folder.resolve("again"), documents);
        Map<String, byte[]> first = contents(index);
        Map<String, byte[]> second = contents(folder.resolve("again"));
        assertEquals(first.keySet(), second.keySet());
        first.forEach((name, bytes) -> assertArrayEquals(bytes, second.get(name), name));
        assertEquals(6, first.size(), first.keySet()::toString);
    }

    @Test
    void nothingShowsBeforeTheCommitAndNothingStaysWithoutOne() throws IOException {
        try (IndexBuilder builder = IndexBuilder.create(index, Map.of(), false)) {
            builder.add(TestDocuments.three().getFirst());
            assertFalse(Files.exists(index));
            assertEquals(1, names(folder).size());
            assertTrue(names(folder).getFirst().startsWith(".index.building-"), names(folder)::toString);
            assertFalse(IndexReader.isIndex(folder.resolve(names(folder).getFirst())));
        }
        assertEquals(List.of(), names(folder));
    }

    @Test
    void whatACrashLeftIsRemovedByTheNextBuildOfThatName() throws IOException {
        Path abandoned = Files.createDirectory(folder.resolve(".index.building-1"));
        Files.writeString(abandoned.resolve("building.lock"), "");
        Files.writeString(abandoned.resolve("sources.unsealed"), "half");
        Path other = Files.createDirectory(folder.resolve(".other.building-1"));
        TestDocuments.build(index, TestDocuments.three());
        assertEquals(List.of(".other.building-1", "index"), names(folder));
        assertTrue(Files.exists(other));
    }

    @Test
    void aBuildThatGoesOnIsLeftAloneAndTheFirstCommitWins() throws IOException {
        try (IndexBuilder slow = IndexBuilder.create(index, Map.of(), false)) {
            slow.add(Document.of("slow", "body", SparseVector.EMPTY));
            TestDocuments.build(index, TestDocuments.three());
            assertThrows(FileAlreadyExistsException.class, slow::commit);
            assertThrows(IllegalStateException.class, slow::commit);
        }
        assertEquals(List.of("index"), names(folder));
        assertEquals("a", firstId(index));
    }

    @Test
    void aDirectoryThatExistsIsOnlyReplacedOnDemand() throws IOException {
        TestDocuments.build(index, TestDocuments.three());
        FileAlreadyExistsException e =
                assertThrows(FileAlreadyExistsException.class, () -> TestDocuments.build(index, TestDocuments.three()));
        assertTrue(e.getMessage().contains("index") && e.getMessage().contains("--force"), e.getMessage());
        assertEquals("a", firstId(index));
    }

    @Test
    void aReplacedIndexIsReadOnUntilItIsClosed() throws IOException {
        TestDocuments.build(index, TestDocuments.three());
        Files.writeString(index.resolve("notes.txt"), "kept");
        Files.writeString(index.resolve("0123456789abcdef.terms.skiff"), "left by a crash");
        List<Document> documents = List.of(Document.of("new", "body", SparseVector.of(Map.of("cat", 1))));
        try (IndexReader old = IndexReader.open(index)) {
            TestDocuments.build(index, documents, Map.of(), true);
            assertEquals("a", old.segments().getFirst().externalId(0));
        }
        assertEquals("new", firstId(index));
        assertEquals(List.of("index"), names(folder));
        assertEquals("kept", Files.readString(index.resolve("notes.txt")));
        assertEquals(8, names(index).size(), names(index)::toString);
        assertEquals(List.of(), IndexCheck.run(index, bytes -> {}).problems());
    }

    @Test
    void anIndexIsReplacedByItsLikeAndADamagedOneToo() throws IOException {
        TestDocuments.build(index, TestDocuments.three());
        Map<String, byte[]> before = contents(index);
        before.put(WriterLock.NAME, new byte[0]);
        for (String name : before.keySet()) {
            Files.writeString(index.resolve(name), "damaged");
            TestDocuments.build(index, TestDocuments.three(), Map.of(), true);
            assertEquals(before.keySet(), contents(index).keySet());
            assertEquals(List.of(), IndexCheck.run(index, bytes -> {}).problems());
        }
    }

    @Test
    void whatIsNoIndexIsNeverReplaced() throws IOException {
        Files.createDirectory(index);
        Files.writeString(index.resolve("thesis.txt"), "dear");
        IOException e = assertThrows(
                IOException.class, () -> TestDocuments.build(index, TestDocuments.three(), Map.of(), true));
        assertTrue(e.getMessage().contains("no Skiff index"), e.getMessage());
        assertEquals(List.of("thesis.txt"), names(index));
        Path file = Files.writeString(folder.resolve("file"), "dear");
        assertThrows(IOException.class, () -> TestDocuments.build(file, TestDocuments.three(), Map.of(), true));
        assertEquals("dear", Files.readString(file));
        assertEquals(List.of("file", "index"), names(folder));
    }

    @Test
    void aBuilderRefusesWhatComesTooLate() throws IOException {
        try (IndexBuilder builder = IndexBuilder.create(index, Map.of(), false)) {
            builder.commit();
            assertThrows(
                    IllegalStateException.class,
                    () -> builder.add(TestDocuments.three().getFirst()));
            assertThrows(IllegalStateException.class, builder::commit);
        }
        assertTrue(IndexReader.isIndex(index));
    }

    @Test
    void whatIsNoIndexIsNotOpened() throws IOException {
        NoSuchFileException missing = assertThrows(NoSuchFileException.class, () -> IndexReader.open(index));
        assertTrue(missing.getMessage().contains("skiff index"), missing.getMessage());
        IndexFormatException noIndex = assertThrows(IndexFormatException.class, () -> IndexReader.open(folder));
        assertTrue(noIndex.getMessage().contains("no Skiff index"), noIndex.getMessage());
        assertThrows(IndexFormatException.class, () -> IndexCheck.run(folder, bytes -> {}));
    }
}
