package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Segments of a live index while they are merged and committed, one step at a time. */
@ExtendWith(MappedMemoryExtension.class)
class LiveSegmentsTest {
    private static final LiveSegments.Log NO_LOG = () -> {};

    @TempDir
    Path folder;

    private Path index;

    @BeforeEach
    void makeAnIndex() throws IOException {
        index = folder.resolve("index");
        LiveSegments.create(index, Files::createDirectory);
    }

    private static void append(LiveSegments segments, List<String> deleted, long upTo, Document... documents)
            throws IOException {
        try (SegmentBuilder builder = segments.newSegment(Map.of(), BuildOptions.DEFAULT)) {
            for (Document document : documents) {
                builder.add(document);
            }
            segments.append(deleted, Optional.of(builder), upTo);
        }
    }

    private static Document document(String id) {
        return Document.of(id, "body", SparseVector.of(Map.of("cat", 3, id, 5)));
    }

    private static List<String> live(IndexReader reader) {
        List<String> ids = new ArrayList<>();
        for (SegmentReader segment : reader.segments()) {
            for (int docId = 0; docId < segment.documentCount(); docId++) {
                if (segment.isLive(docId)) {
                    ids.add(segment.externalId(docId));
                }
            }
        }
        return ids;
    }

    private static List<String> live(LiveSegments segments) {
        try (IndexReader reader = segments.acquire()) {
            return live(reader);
        }
    }

    private List<String> committed() throws IOException {
        try (IndexReader reader = IndexReader.open(index)) {
            return live(reader);
        }
    }

    @Test
    void deletionsThatComeWhileSegmentsAreMergedAreCarriedOver() throws IOException {
        try (LiveSegments segments = LiveSegments.open(index)) {
            append(segments, List.of(), 2, document("a"), document("b"), document("c"));
            append(segments, List.of("b"), 5, document("d"), document("e"), document("f"));
            AtomicInteger calls = new AtomicInteger();
            MergePace deleting = () -> {
                try {
                    if (calls.incrementAndGet() == 4) {
                        append(segments, List.of("a", "e"), 7, document("e"));
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            };
            assertTrue(segments.merge(0, 2, BuildOptions.DEFAULT, deleting, NO_LOG));
            assertEquals(List.of("c", "d", "f", "e"), live(segments));
            assertEquals(2, segments.sizes().size());
            assertEquals(5, segments.sizes().getFirst().documentCount(), "b is gone, a and e are deleted only");
            assertEquals(List.of("c", "d", "f", "e"), committed());
            assertEquals(7, segments.committedSequenceNumber());
            assertTrue(segments.merge(0, 2, BuildOptions.DEFAULT, MergePace.UNLIMITED, NO_LOG));
            FieldInfo body = segments.fields().get("body");
            assertEquals(4, body.documentCount());
            assertEquals(8, body.postingCount());
        }
        assertEquals(List.of(), IndexCheck.run(index, bytes -> {}).problems());
    }

    @Test
    void aSegmentOfWhichAllIsDeletedGoes() throws IOException {
        try (LiveSegments segments = LiveSegments.open(index)) {
            append(segments, List.of(), 0, document("a"));
            append(segments, List.of("a"), 1, document("b"));
            segments.commit(NO_LOG);
            assertTrue(segments.merge(0, 1, BuildOptions.DEFAULT, MergePace.UNLIMITED, NO_LOG));
            assertEquals(1, segments.sizes().size());
            assertEquals(List.of("b"), committed());
        }
        assertEquals(List.of(), IndexCheck.run(index, bytes -> {}).problems());
    }

    @Test
    void aMergeThatIsGivenUpLeavesNothing() throws IOException {
        try (LiveSegments segments = LiveSegments.open(index)) {
            append(segments, List.of(), 0, document("a"), document("b"));
            append(segments, List.of(), 1, document("c"));
            segments.commit(NO_LOG);
            List<String> before = files();
            AtomicInteger calls = new AtomicInteger();
            MergePace givingUp = () -> {
                if (calls.incrementAndGet() == 3) {
                    throw new CancellationException("enough");
                }
            };
            assertThrows(
                    CancellationException.class, () -> segments.merge(0, 2, BuildOptions.DEFAULT, givingUp, NO_LOG));
            assertEquals(before, files());
            assertEquals(List.of("a", "b", "c"), live(segments));
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void aCommitThatFailsLeavesTheOneBefore() throws IOException {
        try (LiveSegments segments = LiveSegments.open(index)) {
            append(segments, List.of(), 0, document("a"));
            segments.commit(NO_LOG);
            append(segments, List.of("a"), 1, document("b"));
            IOException full = assertThrows(
                    IOException.class,
                    () -> segments.commit(() -> {
                        throw new IOException("No space left on device");
                    }));
            assertEquals("No space left on device", full.getMessage());
            assertEquals(List.of("a"), committed());
            assertEquals(List.of("b"), live(segments));
            Path build;
            try (Stream<Path> files = Files.list(folder)) {
                build = files.filter(file -> !file.equals(index)).findFirst().orElseThrow();
            }
            // What a commit that failed half-way left: it is written over.
            Path livedocs = build.resolve(FileKind.LIVEDOCS.lowerCaseName() + ".unsealed");
            Files.createDirectory(livedocs);
            assertThrows(IOException.class, () -> segments.commit(NO_LOG));
            assertEquals(List.of("a"), committed());
            Files.delete(livedocs);
            segments.commit(NO_LOG);
            assertEquals(List.of("b"), committed());
            assertEquals(1, segments.committedSequenceNumber());
        }
        assertEquals(List.of(), IndexCheck.run(index, bytes -> {}).problems());
    }

    @Test
    void snapshotsShareWhatDidNotChange() throws IOException {
        try (LiveSegments segments = LiveSegments.open(index)) {
            append(segments, List.of(), 0, document("a"), document("b"));
            try (IndexReader first = segments.acquire();
                    IndexReader same = segments.acquire()) {
                assertSame(first, same);
                append(segments, List.of(), 1, document("c"));
                try (IndexReader second = segments.acquire()) {
                    assertSame(first.segments().getFirst(), second.segments().getFirst());
                    assertEquals(OptionalLong.of(1), second.sequenceNumber());
                }
                segments.append(List.of("nobody"), Optional.empty(), 2);
                segments.append(List.of("a"), Optional.empty(), 3);
                assertEquals(List.of("a", "b"), live(first));
                assertEquals(List.of("b", "c"), live(segments));
            }
        }
    }

    @Test
    void onlyAnIndexThatIsLiveIsOpened() throws IOException {
        Path other = folder.resolve("other");
        TestDocuments.build(other, TestDocuments.three());
        IndexFormatException e = assertThrows(IndexFormatException.class, () -> LiveSegments.open(other));
        assertTrue(e.getMessage().contains("is no live index"), e.getMessage());
        assertFalse(LiveSegments.isLive(other));
        IOException replaced = assertThrows(
                IOException.class, () -> TestDocuments.build(index, TestDocuments.three(), Map.of(), true));
        assertTrue(replaced.getMessage().contains("is a live index"), replaced.getMessage());
        assertTrue(LiveSegments.isLive(index));
    }
}
