package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every way to damage a byte or to cut a file is named when the index is opened and by the check, and brings no reader
 * down that does not look.
 */
@ExtendWith(MappedMemoryExtension.class)
class DamageTest {
    @TempDir
    Path folder;

    private Path index;
    private List<Path> files;

    @BeforeEach
    void buildAnIndex() throws IOException {
        index = folder.resolve("index");
        TestDocuments.buildWithEverything(index);
        try (Stream<Path> listed = Files.list(index)) {
            files = listed.filter(file -> !file.endsWith(WriterLock.NAME))
                    .sorted()
                    .toList();
        }
    }

    /** All of the frame, and as many places again of the payload. */
    private static int[] positions(byte[] file, RandomGenerator random) {
        int end = file.length - FrameLayout.FOOTER_BYTES;
        IntStream frame = IntStream.concat(IntStream.range(0, FrameLayout.BYTES), IntStream.range(end, file.length));
        IntStream payload = end == FrameLayout.BYTES
                ? IntStream.empty()
                : IntStream.range(0, 70).map(i -> random.nextInt(FrameLayout.BYTES, end));
        return IntStream.concat(frame, payload).toArray();
    }

    @Test
    void theIndexHasEveryKindOfFile() {
        for (FileKind kind : FileKind.values()) {
            assertTrue(
                    files.stream()
                            .anyMatch(file -> file.getFileName().toString().contains(kind.lowerCaseName())),
                    kind::lowerCaseName);
        }
    }

    @Test
    void everyFlippedBitIsFound() throws IOException {
        RandomGenerator random = Seed.random();
        for (Path file : files) {
            byte[] sound = Files.readAllBytes(file);
            for (int position : positions(sound, random)) {
                byte[] damaged = sound.clone();
                damaged[position] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                Files.write(file, damaged);
                assertDamageIsNamed(file, "byte " + position + " flipped, " + Seed.message());
            }
            Files.write(file, sound);
        }
        assertTrue(IndexCheck.run(index, bytes -> {}).isSound());
    }

    @Test
    void everyCutAndEveryTailIsFound() throws IOException {
        RandomGenerator random = Seed.random();
        for (Path file : files) {
            byte[] sound = Files.readAllBytes(file);
            for (int length : positions(sound, random)) {
                Files.write(file, Arrays.copyOf(sound, length));
                assertDamageIsNamed(file, "cut to " + length);
            }
            Files.write(file, Arrays.copyOf(sound, sound.length + 1));
            assertDamageIsNamed(file, "one byte longer");
            Files.write(file, sound);
        }
    }

    private void assertDamageIsNamed(Path file, String damage) throws IOException {
        String name = file.getFileName().toString();
        IndexCheck.Report report = IndexCheck.run(index, bytes -> {});
        assertTrue(
                report.problems().stream().anyMatch(problem -> problem.contains(name)),
                () -> name + " " + damage + ": " + report.problems());
        IndexFormatException refused =
                assertThrows(IndexFormatException.class, () -> IndexReader.open(index), () -> name + " " + damage);
        assertTrue(refused.getMessage().contains(name), () -> name + " " + damage + ": " + refused.getMessage());
        try {
            readEverything();
        } catch (IndexFormatException e) {
            assertTrue(e.getMessage().contains(name), () -> name + " " + damage + ": " + e.getMessage());
        } catch (UncheckedIOException e) {
            // Block files are read together, identifiers with their table: the message names one of them.
            assertTrue(e.getCause().getMessage().contains(".skiff"), () -> name + " " + damage + ": " + e.getMessage());
        }
    }

    private void readEverything() throws IOException {
        try (IndexReader reader = IndexReader.open(index, Verification.METADATA)) {
            for (SegmentReader segment : reader.segments()) {
                TestDocuments.readPostings(segment);
                for (int docId = 0; docId < segment.documentCount(); docId++) {
                    segment.docId(segment.externalId(docId));
                    segment.source(docId);
                }
            }
        }
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        for (Path file : files) {
            byte[] sound = Files.readAllBytes(file);
            Files.delete(file);
            IndexFormatException e = assertThrows(IndexFormatException.class, () -> IndexReader.open(index));
            assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
            Files.write(file, sound);
        }
    }

    @Test
    void aFileOfAnotherIndexIsNamed() throws IOException {
        Path other = folder.resolve("other");
        TestDocuments.build(other, List.of(Document.of("x", "body", SparseVector.EMPTY)));
        Path sources = fileOf(index, "sources");
        Files.write(sources, Files.readAllBytes(fileOf(other, "sources")));
        IndexFormatException e = assertThrows(IndexFormatException.class, () -> IndexReader.open(index));
        assertTrue(e.getMessage().contains("belongs to segment"), e.getMessage());
        Files.write(sources, Files.readAllBytes(fileOf(index, "identifiers")));
        e = assertThrows(IndexFormatException.class, () -> IndexReader.open(index));
        assertTrue(e.getMessage().contains("is of kind 4, expected 5 (sources)"), e.getMessage());
    }

    @Test
    void wrongMagicAndUnknownVersionAreToldApart() throws IOException {
        Path terms = fileOf(index, "terms");
        byte[] sound = Files.readAllBytes(terms);
        byte[] damaged = sound.clone();
        damaged[FrameLayout.VERSION_OFFSET] = 99;
        Files.write(terms, damaged);
        IndexFormatException e = assertThrows(IndexFormatException.class, () -> IndexReader.open(index));
        assertTrue(e.getMessage().contains("format version 99, this Skiff reads version 1"), e.getMessage());
        Files.write(
                terms,
                "PK and much more, but no index, for at least as many bytes as a frame has"
                        .getBytes(StandardCharsets.US_ASCII));
        e = assertThrows(IndexFormatException.class, () -> IndexReader.open(index));
        assertTrue(e.getMessage().contains("does not start with the magic bytes"), e.getMessage());
    }

    @Test
    void theCheckNamesEveryDamagedFile() throws IOException {
        for (Path file : files) {
            if (!file.endsWith(FileKind.MANIFEST_NAME)) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length - 1] ^= 1;
                Files.write(file, bytes);
            }
        }
        assertEquals(
                files.size() - 1, IndexCheck.run(index, bytes -> {}).problems().size());
    }

    private static Path fileOf(Path index, String kind) throws IOException {
        try (Stream<Path> listed = Files.list(index)) {
            return listed.filter(file -> file.toString().contains("." + kind + "."))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
