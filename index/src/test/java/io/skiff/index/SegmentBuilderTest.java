package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.blockmax.BlockMaxOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MappedMemoryExtension.class)
class SegmentBuilderTest {
    private static final BuildOptions EVERYTHING =
            BuildOptions.DEFAULT.withBlockMax(new BlockMaxOptions(0, 3)).withPostings(PostingsChoice.ALWAYS);

    /** Memory for so few postings that nearly all of them are on disk. */
    private static final long TINY = 4_096;

    @TempDir
    Path folder;

    private static Map<String, byte[]> build(Path index, List<Document> documents, BuildOptions options)
            throws IOException {
        try (IndexBuilder builder = IndexBuilder.create(index, Map.of(), false, options)) {
            for (Document document : documents) {
                builder.add(document);
            }
            builder.commit();
        }
        return FolderContents.of(index);
    }

    @Test
    void neitherThreadsNorMemoryShowInTheBytes() throws IOException {
        List<Document> documents = TestDocuments.random(Seed.random(), 3_000, "title", "body");
        Map<String, byte[]> expected = build(folder.resolve("expected"), documents, EVERYTHING);
        assertEquals(10, expected.size(), expected.keySet()::toString);
        for (int threads : new int[] {1, 3}) {
            for (long memoryBytes : new long[] {1, TINY, 100_000}) {
                Path index = folder.resolve(threads + "-" + memoryBytes);
                Map<String, byte[]> actual =
                        build(index, documents, EVERYTHING.withThreads(threads).withMemoryBytes(memoryBytes));
                assertEquals(expected.keySet(), actual.keySet(), Seed.message());
                expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name + Seed.message()));
            }
        }
        assertEquals(
                List.of(),
                IndexCheck.run(folder.resolve("expected"), bytes -> {}).problems());
    }

    @Test
    void postingsAreLeftOutOnlyWhereBlockRecordsHaveThem() throws IOException {
        List<Document> documents = TestDocuments.random(Seed.random(), 300, "body");
        BuildOptions never = EVERYTHING.withPostings(PostingsChoice.NEVER);
        build(folder.resolve("both"), documents, EVERYTHING);
        build(folder.resolve("records"), documents, never);
        build(folder.resolve("postings"), documents, never.withBlockMax(BlockMaxOptions.NEVER));
        long expected = -1;
        for (String name : List.of("both", "records", "postings")) {
            try (IndexReader reader = IndexReader.open(folder.resolve(name))) {
                SegmentReader segment = reader.segments().getFirst();
                assertEquals(!name.equals("records"), segment.hasPostings(), name);
                assertEquals(!name.equals("postings"), segment.blockMax() != null, name);
                long read = TestDocuments.readPostings(segment);
                expected = expected < 0 ? read : expected;
                assertEquals(expected, read, name);
            }
            assertEquals(
                    List.of(), IndexCheck.run(folder.resolve(name), bytes -> {}).problems(), name);
        }
    }

    @Test
    void automaticallyLargeSegmentsHaveOneCopy() {
        assertTrue(PostingsChoice.AUTO.isWanted(PostingsChoice.AUTO_DOCUMENTS - 1, true));
        assertFalse(PostingsChoice.AUTO.isWanted(PostingsChoice.AUTO_DOCUMENTS, true));
        assertTrue(PostingsChoice.AUTO.isWanted(PostingsChoice.AUTO_DOCUMENTS, false));
        assertTrue(PostingsChoice.NEVER.isWanted(1, false));
    }

    /** Every width of a gap, tiers of their own and mixed ones, and gaps too long for one entry. */
    @Test
    void tiersOfEveryShapeComeBack() throws IOException {
        RandomGenerator random = Seed.random();
        int documentCount = 70_000;
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < documentCount; i++) {
            Map<String, Integer> weights = new TreeMap<>();
            for (int every : new int[] {1, 50, 900, 3_000, 65_536, 69_999}) {
                if (i % every == 0) {
                    weights.put("every" + every, 7);
                    weights.put("mixed" + every, 1 + random.nextInt(every < 10 ? 255 : 3));
                }
            }
            documents.add(Document.of("d" + i, "body", SparseVector.of(weights)));
        }
        build(folder.resolve("index"), documents, EVERYTHING.withMemoryBytes(1 << 20));
        Set<Integer> widths = new HashSet<>();
        int mixed = 0;
        try (IndexReader reader = IndexReader.open(folder.resolve("index"))) {
            SegmentReader segment = reader.segments().getFirst();
            PostingsCursor cursor = new PostingsCursor();
            for (int termId = 0; termId < segment.termCount(); termId++) {
                cursor.reset(segment, termId);
                while (cursor.nextPart()) {
                    while (cursor.nextTier()) {
                        widths.add(cursor.gapBits());
                        mixed += cursor.impact() == 0 ? 1 : 0;
                    }
                }
            }
        }
        assertEquals(Set.of(8, 12, 16), widths);
        assertTrue(mixed > 0);
        // Both copies of all postings agree, and with the document frequencies.
        assertEquals(
                List.of(), IndexCheck.run(folder.resolve("index"), bytes -> {}).problems());
    }

    @Test
    void nothingOfABuildStays() throws IOException {
        List<Document> documents = TestDocuments.random(Seed.random(), 500, "body");
        BuildOptions options = EVERYTHING.withMemoryBytes(TINY);
        try (IndexBuilder builder = IndexBuilder.create(folder.resolve("index"), Map.of(), false, options)) {
            for (Document document : documents) {
                builder.add(document);
            }
        }
        assertEquals(List.of(), names(folder), "after a build that was given up");
        build(folder.resolve("index"), documents, options);
        assertEquals(names(folder.resolve("index")), names(folder));
        assertEquals(10, names(folder).size());
    }

    @Test
    void chunksComeBackFromMemoryAndFromDisk() throws IOException {
        for (long memoryBytes : new long[] {0, 400, 1_000_000}) {
            RandomGenerator random = Seed.random();
            List<String> expected = new ArrayList<>();
            List<String> actual = new ArrayList<>();
            Path directory = Files.createDirectory(folder.resolve("memory-" + memoryBytes));
            try (HeldArrays arrays = new HeldArrays(directory.resolve("over"), memoryBytes)) {
                ForwardStore store = new ForwardStore(arrays, 20, new TermCounts(3));
                for (int document = 0; document < 500; document++) {
                    for (int i = random.nextInt(7); i > 0; i--) {
                        int term = random.nextInt(1000);
                        store.add(term, document + 0.5f);
                        expected.add(document + ": " + term);
                    }
                    store.endDocument();
                }
                int chunkCount = store.finish();
                for (int i = 0; i < chunkCount; i++) {
                    ForwardChunk chunk = store.take(i);
                    assertEquals(0, chunk.firstDocId % 8);
                    for (int document = 0; document < chunk.documentCount; document++) {
                        for (int j = chunk.start(document); j < chunk.ends[document]; j++) {
                            assertEquals(chunk.firstDocId + document + 0.5f, chunk.weights[j], Seed.message());
                            actual.add(chunk.firstDocId + document + ": " + chunk.terms[j]);
                        }
                    }
                }
            }
            assertEquals(expected, actual, memoryBytes + " bytes, " + Seed.message());
        }
    }

    /** Where there is no folder for a file, only what memory takes can be added. */
    @Test
    void onlyWhatIsOverTheLimitGoesToDisk() throws IOException {
        Path missing = folder.resolve("missing").resolve("over");
        try (HeldArrays arrays = new HeldArrays(missing, 10)) {
            long first = arrays.add(MemorySegment.ofArray(new byte[] {1, 2, 3, 4}));
            long second = arrays.add(MemorySegment.ofArray(new byte[] {5, 6, 7, 8, 9, 10}));
            assertThrows(NoSuchFileException.class, () -> arrays.add(MemorySegment.ofArray(new byte[] {11})));
            byte[] read = new byte[3];
            arrays.read(first, 1, MemorySegment.ofArray(read));
            assertArrayEquals(new byte[] {2, 3, 4}, read);
            arrays.read(second, 3, MemorySegment.ofArray(read));
            assertArrayEquals(new byte[] {8, 9, 10}, read);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void progressGoesThroughAllPhasesToTheirEnds() throws IOException {
        List<String> steps = new ArrayList<>();
        Map<BuildProgress.Phase, Double> shares = new TreeMap<>();
        build(
                folder.resolve("index"),
                TestDocuments.random(Seed.random(), 2_048, "body"),
                EVERYTHING.withMemoryBytes(TINY).withProgress((phase, documentCount, share) -> {
                    assertTrue(share >= shares.getOrDefault(phase, 0.0) && share <= 1, phase + " " + share);
                    shares.put(phase, share);
                    steps.add(phase + " " + documentCount);
                }));
        assertEquals("DOCUMENTS 1024", steps.getFirst());
        assertEquals("SYNC 2048", steps.getLast());
        assertEquals(EnumSet.allOf(BuildProgress.Phase.class), shares.keySet());
        shares.remove(BuildProgress.Phase.DOCUMENTS);
        shares.forEach((phase, share) -> assertEquals(1, share, phase.name()));
    }

    @Test
    void aTaskThatFailsFailsTheBuildWithItsMessage() throws IOException {
        try (OrderedTasks tasks = new OrderedTasks(2)) {
            IOException e = assertThrows(
                    IOException.class,
                    () -> tasks.run(
                            9,
                            number -> {
                                if (number == 5) {
                                    throw new IOException("disk full");
                                }
                                return number;
                            },
                            (number, result) -> assertEquals(number, result)));
            assertEquals("disk full", e.getMessage());
            assertNotNull(e.getCause());
        }
    }
}
