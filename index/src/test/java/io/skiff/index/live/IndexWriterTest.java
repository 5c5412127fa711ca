package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.IndexEditor;
import io.skiff.index.IndexReader;
import io.skiff.index.InvalidDocumentException;
import io.skiff.index.MappedMemoryExtension;
import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnValue;
import io.skiff.index.store.Condition;
import io.skiff.index.store.WriteResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A live index against a map. */
@ExtendWith(MappedMemoryExtension.class)
class IndexWriterTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_251L);
    private static final String MESSAGE = "with -Dskiff.seed=" + SEED;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    @TempDir
    private Path folder;

    private Path index() {
        return folder.resolve("index");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void randomWritesAreWhatAMapSays(int mergeFactor) throws IOException {
        LiveModel model = new LiveModel();
        IndexWriter writer = IndexWriter.create(index(), LiveIndexes.restless(mergeFactor));
        try {
            int number = 0;
            for (int round = 0; round < 40; round++) {
                for (int batch = random.nextInt(4); batch > 0; batch--) {
                    List<LiveWrite> writes = new ArrayList<>();
                    for (int i = 1 + random.nextInt(30); i > 0; i--) {
                        writes.add(write("d" + random.nextInt(300), number++));
                    }
                    writer.write(writes);
                    writes.forEach(model::apply);
                }
                switch (random.nextInt(12)) {
                    case 0 -> writer.flush();
                    case 1 -> writer.forceMerge(1 + random.nextInt(3));
                    case 2 -> {
                        writer.close();
                        LiveIndexes.verifySound(index());
                        writer = IndexWriter.open(index(), LiveIndexes.restless(mergeFactor));
                    }
                    default -> writer.refresh();
                }
                try (IndexReader reader = writer.acquire()) {
                    model.assertSame(reader, "in round " + round + " " + MESSAGE);
                }
                assertEquals(model.size(), writer.statistics().documents());
            }
        } finally {
            writer.close();
        }
        try (IndexReader reader = IndexReader.open(index())) {
            model.assertSame(reader, "at the end " + MESSAGE);
        }
        LiveIndexes.verifySound(index());
    }

    private LiveWrite write(String id, int number) {
        return random.nextInt(4) == 0 ? LiveWrite.Delete.of(id) : LiveWrite.Put.of(LiveModel.document(id, number));
    }

    @Test
    void aSnapshotStaysWhatItIs() throws IOException {
        LiveModel model = new LiveModel();
        List<IndexReader> readers = new ArrayList<>();
        List<LiveModel> models = new ArrayList<>();
        try (IndexWriter writer = IndexWriter.create(index(), LiveIndexes.restless(2))) {
            for (int round = 0; round < 30; round++) {
                List<LiveWrite> writes = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    writes.add(write("d" + random.nextInt(100), round * 100 + i));
                }
                writer.write(writes);
                writes.forEach(model::apply);
                writer.refresh();
                readers.add(writer.acquire());
                models.add(new LiveModel(model));
            }
            writer.forceMerge(1);
            models.getFirst().assertSame(readers.getFirst(), MESSAGE);
        }
        for (int i = 0; i < readers.size(); i++) {
            models.get(i).assertSame(readers.get(i), "snapshot " + i + " " + MESSAGE);
            readers.get(i).close();
        }
    }

    @Test
    void whatIsBufferedIsIndexedAgainAfterACrash() throws IOException {
        Path copy = folder.resolve("crashed");
        LiveModel model = new LiveModel();
        try (IndexWriter writer = IndexWriter.create(index(), LiveIndexes.MANUAL)) {
            for (int i = 0; i < 100; i++) {
                LiveWrite write = write("d" + random.nextInt(60), i);
                writer.write(List.of(write));
                model.apply(write);
                if (i == 30) {
                    writer.flush();
                } else if (i == 60) {
                    writer.refresh();
                }
            }
            LiveIndexes.copyTree(index(), copy);
        }
        try (IndexWriter writer = IndexWriter.open(copy, LiveIndexes.MANUAL);
                IndexReader reader = writer.acquire()) {
            model.assertSame(reader, MESSAGE);
        }
        LiveIndexes.verifySound(copy);
    }

    @Test
    void aCopyHasWhatWasAcknowledgedBefore() throws IOException {
        Path copy = folder.resolve("copy");
        LiveModel model = new LiveModel();
        try (IndexWriter writer = IndexWriter.create(index(), LiveIndexes.restless(2))) {
            for (int i = 0; i < 200; i++) {
                LiveWrite write = write("d" + random.nextInt(60), i);
                writer.write(List.of(write));
                model.apply(write);
                if (i % 20 == 0) {
                    writer.refresh();
                }
            }
            writer.putMetadata("mapping", new byte[] {1, 2, 3});
            writer.snapshotTo(copy);
            assertThrows(FileAlreadyExistsException.class, () -> writer.snapshotTo(copy));
            writer.write(List.of(LiveWrite.Put.of(LiveModel.document("later", 1))));
            writer.forceMerge(1);
        }
        LiveIndexes.verifySound(copy);
        try (IndexWriter writer = IndexWriter.open(copy, LiveIndexes.MANUAL);
                IndexReader reader = writer.acquire()) {
            model.assertSame(reader, MESSAGE);
            assertArrayEquals(new byte[] {1, 2, 3}, writer.metadata("mapping").orElseThrow());
            assertEquals(Optional.empty(), writer.metadata("nothing"));
        }
    }

    @Test
    void aBadDocumentIsRefusedBeforeAnythingIsWritten() throws IOException {
        try (IndexWriter writer = IndexWriter.create(index(), LiveIndexes.MANUAL)) {
            LiveDocument sound =
                    new LiveDocument("a", Map.of(), Map.of("size", List.of(new ColumnValue.Whole(1))), new byte[0]);
            writer.write(List.of(LiveWrite.Put.of(sound)));
            LiveDocument bad =
                    new LiveDocument("b", Map.of(), Map.of("size", List.of(new ColumnValue.Keyword("x"))), new byte[0]);
            LiveWrite good = LiveWrite.Put.of(LiveModel.document("c", 1));
            InvalidDocumentException e = assertThrows(
                    InvalidDocumentException.class, () -> writer.write(List.of(good, LiveWrite.Put.of(bad))));
            assertTrue(e.getMessage().contains("document 'b', column 'size' is of type WHOLE"), e.getMessage());
            assertEquals(Optional.empty(), writer.get("c"));
            assertThrows(InvalidDocumentException.class, () -> writer.write(List.of(LiveWrite.Delete.of(""))));
            assertThrows(
                    InvalidDocumentException.class,
                    () -> writer.pack(LiveDocument.of("x", "f", SparseVector.of(Map.of("\ud800", 1)))));
        }
        // The type is known from the segment.
        try (IndexWriter writer = IndexWriter.open(index(), LiveIndexes.MANUAL)) {
            LiveDocument bad =
                    new LiveDocument("b", Map.of(), Map.of("size", List.of(new ColumnValue.Real(1))), new byte[0]);
            assertThrows(InvalidDocumentException.class, () -> writer.write(List.of(LiveWrite.Put.of(bad))));
        }
    }

    @Test
    void conditionsAndRealTimeGets() throws IOException {
        try (IndexWriter writer = IndexWriter.create(index(), LiveIndexes.MANUAL)) {
            LiveDocument first = LiveModel.document("a", 1);
            LiveDocument second = LiveModel.document("a", 2);
            List<WriteResult> results = writer.write(
                    List.of(new LiveWrite.Put(first, Condition.ABSENT), new LiveWrite.Put(second, Condition.ABSENT)));
            assertInstanceOf(WriteResult.Done.class, results.get(0));
            assertInstanceOf(WriteResult.Conflict.class, results.get(1));
            assertArrayEquals(first.source(), writer.get("a").orElseThrow().source());
            writer.refresh();
            writer.write(List.of(LiveWrite.Delete.of("a"), new LiveWrite.Put(second, Condition.ABSENT)));
            writer.refresh();
            LiveModel model = new LiveModel();
            model.put(second);
            try (IndexReader reader = writer.acquire()) {
                model.assertSame(reader, "");
            }
        }
    }

    @Test
    void anIndexHasOneWriter() throws IOException {
        IndexWriter writer = IndexWriter.create(index(), LiveIndexes.MANUAL);
        try {
            assertTrue(IndexWriter.isLive(index()));
            IOException e = assertThrows(IOException.class, () -> IndexWriter.open(index(), LiveIndexes.MANUAL));
            assertTrue(e.getMessage().contains("is being written by this process already"), e.getMessage());
            assertThrows(FileAlreadyExistsException.class, () -> IndexWriter.create(index(), LiveIndexes.MANUAL));
        } finally {
            writer.close();
        }
        IOException closed = assertThrows(IOException.class, () -> writer.write(List.of(LiveWrite.Delete.of("a"))));
        assertTrue(closed.getMessage().contains("is closed"), closed.getMessage());
        assertThrows(IllegalStateException.class, writer::acquire);
        writer.close();
        IOException editor = assertThrows(IOException.class, () -> IndexEditor.open(index()));
        assertTrue(editor.getMessage().contains("is a live index"), editor.getMessage());
        IndexWriter.open(index(), LiveIndexes.MANUAL).close();
        assertFalse(IndexWriter.isLive(folder));
    }

    @Test
    void aForcedMergeLeavesWhatWasDeletedBehind() throws IOException {
        LiveModel model = new LiveModel();
        try (IndexWriter writer = IndexWriter.create(index(), LiveIndexes.MANUAL)) {
            for (int i = 0; i < 5; i++) {
                List<LiveWrite> writes = new ArrayList<>();
                for (int n = 0; n < 10; n++) {
                    writes.add(LiveWrite.Put.of(LiveModel.document("d" + i + "-" + n, n)));
                }
                writes.add(LiveWrite.Delete.of("d" + i + "-3"));
                writes.add(LiveWrite.Delete.of("d" + (i - 1) + "-4"));
                writer.write(writes);
                writes.forEach(model::apply);
                writer.refresh();
            }
            writer.forceMerge(2);
            assertEquals(2, writer.statistics().segments());
            assertEquals(0, writer.statistics().deletedDocuments());
            writer.forceMerge(1);
            assertEquals(1, writer.statistics().segments());
            try (IndexReader reader = writer.acquire()) {
                model.assertSame(reader, "");
            }
        }
        LiveIndexes.verifySound(index());
    }

    @Test
    void deletionsAreForgottenInTheEnd() throws Exception {
        try (IndexWriter writer = IndexWriter.create(index(), LiveIndexes.MANUAL)) {
            List<LiveWrite> deletions = new ArrayList<>();
            for (int i = 0; i <= 10_000; i++) {
                deletions.add(LiveWrite.Delete.of("gone" + i));
            }
            writer.write(List.of(LiveWrite.Put.of(LiveModel.document("gone0", 1))));
            writer.write(deletions);
            writer.flush();
            long version = 2;
            for (int wait = 0; wait < 2_000 && version > 1; wait++) {
                Thread.sleep(5);
                WriteResult again = writer.write(List.of(LiveWrite.Delete.of("gone" + wait)))
                        .getFirst();
                version = ((WriteResult.Done) again).revision().version();
                writer.refresh();
            }
            assertEquals(1, version, "the versions of a forgotten id begin anew");
        }
        LiveIndexes.verifySound(index());
    }

    @Test
    void aRefreshThatFailsLosesNothing() throws IOException {
        LiveModel model = new LiveModel();
        try (IndexWriter writer = IndexWriter.create(index(), LiveIndexes.MANUAL)) {
            LiveDocument first = LiveModel.document("a", 1);
            writer.write(List.of(LiveWrite.Put.of(first)));
            model.put(first);
            writer.flush();
            Path build;
            try (Stream<Path> files = Files.list(folder)) {
                build = files.filter(file -> file.getFileName().toString().startsWith(".index.building-"))
                        .findFirst()
                        .orElseThrow();
            }
            // As if the disk were full.
            Files.move(build, folder.resolve("away"));
            writer.write(List.of(LiveWrite.Delete.of("a")));
            LiveDocument second = LiveModel.document("b", 1);
            writer.write(List.of(LiveWrite.Put.of(second)));
            assertThrows(IOException.class, writer::refresh);
            assertThrows(IOException.class, writer::refresh);
            assertEquals(2, writer.statistics().bufferedChanges());
            try (IndexReader reader = writer.acquire();
                    IndexReader committed = IndexReader.open(index())) {
                model.assertSame(reader, "");
                model.assertSame(committed, "");
            }
            Files.move(folder.resolve("away"), build);
            writer.refresh();
            model.delete("a");
            model.put(second);
            try (IndexReader reader = writer.acquire()) {
                model.assertSame(reader, "");
            }
        }
        LiveIndexes.verifySound(index());
    }

    @Test
    void writersAndRefreshesGoOnTogether() throws Exception {
        LiveOptions options = LiveIndexes.restless(3)
                .withRefreshInterval(Duration.ofMillis(5))
                .withCommitInterval(Duration.ofMillis(20));
        LiveModel[] models = new LiveModel[3];
        try (IndexWriter writer = IndexWriter.create(index(), options)) {
            List<Thread> threads = new ArrayList<>();
            List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int t = 0; t < models.length; t++) {
                int thread = t;
                models[t] = new LiveModel();
                threads.add(Thread.ofPlatform().start(() -> {
                    java.util.SplittableRandom own = new java.util.SplittableRandom(SEED + thread);
                    try {
                        for (int step = 0; step < 60; step++) {
                            // Both documents of a pair, or none of them.
                            String id = "t" + thread + "-" + own.nextInt(40);
                            List<LiveWrite> pair = own.nextInt(4) == 0
                                    ? List.of(LiveWrite.Delete.of(id), LiveWrite.Delete.of(id + "'"))
                                    : List.of(
                                            LiveWrite.Put.of(LiveModel.document(id, step)),
                                            LiveWrite.Put.of(LiveModel.document(id + "'", step)));
                            writer.write(pair);
                            pair.forEach(models[thread]::apply);
                        }
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                }));
            }
            while (threads.stream().anyMatch(Thread::isAlive)) {
                try (IndexReader reader = writer.acquire()) {
                    assertPairs(reader);
                }
            }
            assertEquals(List.of(), failures);
            writer.refresh();
            try (IndexReader reader = writer.acquire()) {
                for (LiveModel model : models) {
                    model.assertSameDocuments(reader, MESSAGE);
                }
            }
            assertEquals(Optional.empty(), writer.statistics().failure());
        }
        LiveIndexes.verifySound(index());
    }

    /** No search sees half of a write. */
    private static void assertPairs(IndexReader reader) {
        List<String> numbers = new ArrayList<>();
        reader.segments().forEach(segment -> {
            for (int docId = 0; docId < segment.documentCount(); docId++) {
                if (segment.isLive(docId)) {
                    String source = new String(segment.source(docId), StandardCharsets.UTF_8);
                    numbers.add(source.replace("'", ""));
                }
            }
        });
        numbers.sort(null);
        for (int i = 0; i < numbers.size(); i += 2) {
            assertEquals(numbers.get(i), numbers.get(i + 1), MESSAGE);
        }
    }
}
