package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MappedMemoryExtension.class)
class IndexEditorTest {
    @TempDir
    Path folder;

    private Path index;

    @BeforeEach
    void nameTheIndex() {
        index = folder.resolve("index");
    }

    private static Document document(String id, float weight) {
        return Document.of(id, "body", SparseVector.of(Map.of("cat", weight)));
    }

    private static void append(IndexEditor editor, List<Document> documents) throws IOException {
        try (SegmentBuilder segment = editor.newSegment(Map.of(), BuildOptions.DEFAULT)) {
            for (Document document : documents) {
                segment.add(document);
            }
            editor.append(segment);
        }
    }

    private void assertSound() throws IOException {
        assertEquals(List.of(), IndexCheck.run(index, bytes -> {}).problems(), Seed.message());
    }

    /** The external ids of live documents, in order of insertion. */
    private List<String> liveIds() throws IOException {
        List<String> ids = new ArrayList<>();
        try (IndexReader reader = IndexReader.open(index)) {
            for (SegmentReader segment : reader.segments()) {
                for (int docId = 0; docId < segment.documentCount(); docId++) {
                    if (segment.isLive(docId)) {
                        ids.add(segment.externalId(docId));
                    }
                }
            }
            assertEquals(ids.size(), reader.liveDocumentCount());
        }
        return ids;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void deletionsAreSeenFromTheCommitOnAndOpenReadersKeepTheirs() throws IOException {
        TestDocuments.build(index, TestDocuments.three());
        try (IndexReader before = IndexReader.open(index);
                IndexEditor editor = IndexEditor.open(index)) {
            assertTrue(editor.delete("b"));
            assertFalse(editor.delete("b"));
            assertFalse(editor.delete("nobody"));
            assertEquals(2, editor.liveDocumentCount());
            assertEquals(List.of("a", "b", "c"), liveIds());
            editor.commit();
            assertEquals(List.of("a", "c"), liveIds());
            assertTrue(editor.delete(0, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> editor.delete(0, 3));
            assertThrows(IndexOutOfBoundsException.class, () -> editor.delete(1, 0));
            editor.commit();
            assertNull(before.segments().getFirst().liveDocs());
            assertTrue(before.segments().getFirst().isLive(1));
        }
        assertEquals(List.of("a"), liveIds());
        assertSound();
        assertEquals(
                List.of("livedocs-2"),
                names().stream()
                        .filter(name -> name.contains("livedocs"))
                        .map(name -> name.split("\\.")[1])
                        .toList());
        try (IndexReader reader = IndexReader.open(index)) {
            assertEquals(3, reader.documentCount());
            assertEquals(2, reader.statistics("body").documentFrequency("cat"), "statistics stay until a merge");
        }
    }

    @Test
    void aCommitWithoutChangesWritesNoLiveDocuments() throws IOException {
        TestDocuments.build(index, TestDocuments.three());
        try (IndexEditor editor = IndexEditor.open(index)) {
            editor.delete("a");
            editor.commit();
            List<String> names = names();
            editor.commit();
            assertEquals(names, names());
        }
    }

    @Test
    void oneByteHoldsTheDocumentsOfABlockAndEightCanBeLoadedAnywhere() throws IOException {
        for (int count : new int[] {1, 7, 8, 9, 63, 64, 65, 127}) {
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                documents.add(document("d" + i, 1));
            }
            TestDocuments.build(index, documents, Map.of(), true);
            try (IndexEditor editor = IndexEditor.open(index)) {
                editor.delete(0, count / 2);
                editor.commit();
            }
            try (IndexReader reader = IndexReader.open(index)) {
                SegmentReader segment = reader.segments().getFirst();
                for (int block = 0; block < (count + 7) / 8; block++) {
                    int expected = 0;
                    for (int docId = 8 * block; docId < Math.min(8 * block + 8, count); docId++) {
                        expected |= segment.isLive(docId) ? 1 << docId % 8 : 0;
                        assertEquals(docId != count / 2, segment.isLive(docId));
                    }
                    assertEquals((byte) expected, segment.liveDocs().get(ValueLayout.JAVA_BYTE, block));
                    segment.liveDocs().get(ValueLayout.JAVA_LONG_UNALIGNED, block);
                }
                assertEquals(count - 1, segment.liveCount());
            }
            assertSound();
        }
    }

    @Test
    void aSegmentIsAppendedOnTheScalesOfTheFirst() throws IOException {
        Map<String, FieldOptions> fixed =
                Map.of("body", new FieldOptions(Optional.of(new Quantizer(0.5f)), Map.of("encoder", "mine")));
        TestDocuments.build(index, List.of(document("a", 1)), fixed, false);
        try (IndexEditor editor = IndexEditor.open(index)) {
            append(
                    editor,
                    List.of(
                            document("b", 1000),
                            Document.of("c", "title", SparseVector.of(Map.of("cat", 2.5f, "dog", 0.1f)))));
            editor.commit();
        }
        try (IndexReader reader = IndexReader.open(index)) {
            assertEquals(2, reader.segments().size());
            assertEquals(
                    new FieldInfo("body", new Quantizer(0.5f), Map.of("encoder", "mine"), 2, 2, 1),
                    reader.field("body").orElseThrow());
            assertEquals(
                    Quantizer.forLargestWeight(2.5f),
                    reader.field("title").orElseThrow().quantizer());
            assertEquals(2, reader.statistics("body").documentFrequency("cat"));
            SegmentReader second = reader.segments().get(1);
            assertEquals(255, second.largestImpact(second.termId("body", "cat")));
        }
        assertEquals(List.of("a", "b", "c"), liveIds());
        assertSound();
    }

    @Test
    void anAppendedDocumentTakesThePlaceOfItsFormer() throws IOException {
        TestDocuments.build(index, List.of(document("a", 1), document("b", 2)));
        try (IndexEditor editor = IndexEditor.open(index)) {
            append(editor, List.of(document("b", 3)));
            append(editor, List.of(document("c", 3), document("b", 4)));
            assertEquals(3, editor.liveDocumentCount());
            editor.commit();
        }
        assertEquals(List.of("a", "c", "b"), liveIds());
        assertSound();
    }

    @Test
    void segmentsOfEqualContentsHaveDifferentNames() throws IOException {
        TestDocuments.build(index, List.of(document("a", 1)));
        try (IndexEditor editor = IndexEditor.open(index)) {
            append(editor, List.of(document("a", 1)));
            append(editor, List.of(document("a", 1)));
            editor.commit();
        }
        try (IndexReader reader = IndexReader.open(index)) {
            assertEquals(3, reader.segments().size());
        }
        assertEquals(List.of("a"), liveIds());
        assertSound();
    }

    @Test
    void twoSegmentsThatIntroduceAFieldOnDifferentScalesDoNotMix() throws IOException {
        TestDocuments.build(index, List.of());
        try (IndexEditor editor = IndexEditor.open(index);
                SegmentBuilder first = editor.newSegment(Map.of(), BuildOptions.DEFAULT);
                SegmentBuilder second = editor.newSegment(Map.of(), BuildOptions.DEFAULT)) {
            first.add(document("a", 0.5f));
            second.add(document("b", 0.7f));
            editor.append(first);
            assertThrows(IllegalStateException.class, () -> editor.append(second));
            editor.commit();
        }
        assertEquals(List.of("a"), liveIds());
        assertSound();
    }

    @Test
    void anIndexHasOneWriterAtATime() throws IOException {
        TestDocuments.build(index, TestDocuments.three());
        try (IndexEditor editor = IndexEditor.open(index)) {
            IOException e = assertThrows(IOException.class, () -> IndexEditor.open(index));
            assertTrue(e.getMessage().contains("one writer at a time"), e.getMessage());
            assertThrows(IOException.class, () -> TestDocuments.build(index, TestDocuments.three(), Map.of(), true));
            editor.delete("a");
            editor.commit();
        }
        assertEquals(List.of("b", "c"), liveIds());
        IndexEditor.open(index).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(index), files.toList(), "nothing is left beside the index");
        }
    }

    @Test
    void whatIsNotCommittedIsForgotten() throws IOException {
        TestDocuments.build(index, TestDocuments.three());
        List<String> names = names();
        try (IndexEditor editor = IndexEditor.open(index)) {
            editor.delete("a");
            append(editor, List.of(document("d", 1)));
        }
        assertEquals(List.of("a", "b", "c"), liveIds());
        assertEquals(
                names,
                names().stream().filter(name -> !name.equals(WriterLock.NAME)).toList());
    }

    /** Files are put in place one by one, then the manifest, then files are removed: every state between is sound. */
    @Test
    void aCrashAtAnyStepLeavesOneCommitOrTheOther() throws IOException {
        TestDocuments.build(index, TestDocuments.three());
        try (IndexEditor editor = IndexEditor.open(index)) {
            editor.delete("a");
            editor.commit();
        }
        Map<String, byte[]> old = contents();
        try (IndexEditor editor = IndexEditor.open(index)) {
            editor.delete("c");
            append(editor, List.of(document("d", 1)));
            editor.commit();
        }
        Map<String, byte[]> changed = contents();
        Map<String, byte[]> state = new LinkedHashMap<>(old);
        for (String name : changed.keySet()) {
            if (!name.equals(FileKind.MANIFEST_NAME)) {
                state.put(name, changed.get(name));
                assertStateIsSound(state, List.of("b", "c"));
            }
        }
        state.put(FileKind.MANIFEST_NAME, changed.get(FileKind.MANIFEST_NAME));
        assertStateIsSound(state, List.of("b", "d"));
        try (IndexEditor editor = IndexEditor.open(index)) {
            editor.commit();
        }
        assertEquals(changed.keySet(), contents().keySet(), "the next commit removes what nothing names");
    }

    private void assertStateIsSound(Map<String, byte[]> state, List<String> expectedIds) throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, byte[]> file : state.entrySet()) {
            Files.write(index.resolve(file.getKey()), file.getValue());
        }
        assertEquals(expectedIds, liveIds());
        assertSound();
    }

    private Map<String, byte[]> contents() throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String name : names()) {
            contents.put(name, Files.readAllBytes(index.resolve(name)));
        }
        return contents;
    }

    @Test
    void damagedLiveDocumentsAreNamedAtOpen() throws IOException {
        TestDocuments.build(index, TestDocuments.random(Seed.random(), 100, "body"));
        try (IndexEditor editor = IndexEditor.open(index)) {
            editor.delete(0, 50);
            editor.commit();
        }
        Path file = index.resolve(names().stream()
                .filter(name -> name.contains("livedocs"))
                .findFirst()
                .orElseThrow());
        byte[] sound = Files.readAllBytes(file);
        for (int position = 0; position < sound.length; position++) {
            byte[] damaged = sound.clone();
            damaged[position] ^= (byte) (1 << position % Byte.SIZE);
            assertNamedAtOpen(file, damaged);
        }
        for (int length = 0; length < sound.length; length++) {
            assertNamedAtOpen(file, Arrays.copyOf(sound, length));
        }
    }

    private void assertNamedAtOpen(Path file, byte[] damaged) throws IOException {
        Files.write(file, damaged);
        IndexFormatException e = assertThrows(IndexFormatException.class, () -> IndexReader.open(index));
        assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
        assertFalse(IndexCheck.run(index, bytes -> {}).isSound());
    }

    @Test
    void randomEditsAreWhatAMapSays() throws IOException {
        RandomGenerator random = Seed.random();
        TestDocuments.build(index, List.of());
        Map<String, Float> expected = new LinkedHashMap<>();
        try (IndexEditor editor = IndexEditor.open(index)) {
            for (int round = 0; round < 12; round++) {
                List<Document> documents = new ArrayList<>();
                for (int i = random.nextInt(40); i > 0; i--) {
                    String id = "d" + random.nextInt(200);
                    if (documents.stream().noneMatch(document -> document.id().equals(id))) {
                        documents.add(document(id, 1 + random.nextInt(255)));
                        expected.remove(id);
                        expected.put(id, 1f);
                    }
                }
                append(editor, documents);
                for (int i = random.nextInt(20); i > 0; i--) {
                    String id = "d" + random.nextInt(200);
                    assertEquals(expected.remove(id) != null, editor.delete(id), Seed.message());
                }
                if (random.nextBoolean()) {
                    editor.commit();
                    assertEquals(List.copyOf(expected.keySet()), liveIds(), Seed.message());
                }
                assertEquals(expected.size(), editor.liveDocumentCount(), Seed.message());
            }
            editor.commit();
        }
        assertEquals(List.copyOf(expected.keySet()), liveIds(), Seed.message());
        assertSound();
    }
}
