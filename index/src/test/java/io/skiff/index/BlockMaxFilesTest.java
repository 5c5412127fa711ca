package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.blockmax.BlockMaxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The files of block-max structures as part of an index. */
@ExtendWith(MappedMemoryExtension.class)
class BlockMaxFilesTest {
    static final List<FileKind> KINDS =
            List.of(FileKind.BLOCKTERMS, FileKind.BLOCKBOUNDS, FileKind.BLOCKOFFSETS, FileKind.BLOCKRECORDS);

    @TempDir
    Path folder;

    private Path index;

    @BeforeEach
    void buildAnIndexThatHasThem() throws IOException {
        index = folder.resolve("index");
        build(index, TestDocuments.random(Seed.random(), 300, "body", "title"), new BlockMaxOptions(0, 3));
    }

    private static IndexSummary build(Path directory, List<Document> documents, BlockMaxOptions options)
            throws IOException {
        BuildOptions build = BuildOptions.DEFAULT.withBlockMax(options);
        try (IndexBuilder builder = IndexBuilder.create(directory, Map.of(), false, build)) {
            for (Document document : documents) {
                builder.add(document);
            }
            return builder.commit();
        }
    }

    private static Path file(Path index, FileKind kind) throws IOException {
        return index.resolve(
                kind.fileName(Manifest.read(index).segments().getFirst().id()));
    }

    @Test
    void areReadAndFoundSound() throws IOException {
        try (IndexReader reader = IndexReader.open(index)) {
            SegmentReader segment = reader.segments().getFirst();
            assertNotNull(segment.blockMax());
            assertEquals(3, segment.blockMax().blockShift());
            assertEquals(38, segment.blockMax().blockCount());
        }
        IndexCheck.Report report = IndexCheck.run(index, bytes -> {});
        assertEquals(List.of(), report.problems());
        assertEquals(10, report.filesRead());
    }

    @Test
    void areLeftOutOfSmallAndEmptySegments() throws IOException {
        List<Document> documents = TestDocuments.random(Seed.random(), 99, "body");
        build(folder.resolve("small"), documents, new BlockMaxOptions(100, 3));
        build(folder.resolve("empty"), List.of(), new BlockMaxOptions(0, 3));
        for (String name : List.of("small", "empty")) {
            try (IndexReader reader = IndexReader.open(folder.resolve(name))) {
                assertNull(reader.segments().getFirst().blockMax(), name);
            }
            assertEquals(6, IndexCheck.run(folder.resolve(name), bytes -> {}).filesRead(), name);
        }
    }

    @Test
    void damageIsNamed() throws IOException {
        RandomGenerator random = Seed.random();
        for (FileKind kind : KINDS) {
            Path file = file(index, kind);
            byte[] sound = Files.readAllBytes(file);
            for (int i = 0; i < 60; i++) {
                byte[] damaged = sound.clone();
                damaged[random.nextInt(sound.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                assertDamageIsNamed(file, damaged, "a bit flipped " + Seed.message());
                assertDamageIsNamed(file, Arrays.copyOf(sound, random.nextInt(sound.length)), "cut " + Seed.message());
            }
            Files.delete(file);
            assertDamageIsNamed(file, "missing");
            Files.write(file, sound);
        }
        assertTrue(IndexCheck.run(index, bytes -> {}).isSound());
    }

    private void assertDamageIsNamed(Path file, byte[] damaged, String damage) throws IOException {
        Files.write(file, damaged);
        assertDamageIsNamed(file, damage);
    }

    private void assertDamageIsNamed(Path file, String damage) throws IOException {
        String name = file.getFileName().toString();
        IndexCheck.Report report = IndexCheck.run(index, bytes -> {});
        assertTrue(
                report.problems().stream().anyMatch(problem -> problem.contains(name)),
                () -> name + " " + damage + ": " + report.problems());
        try (IndexReader reader = IndexReader.open(index)) {
            assertNotNull(reader.segments().getFirst().blockMax());
        } catch (IndexFormatException e) {
            assertTrue(e.getMessage().contains(name), () -> name + " " + damage + ": " + e.getMessage());
        }
    }

    @Test
    void structuresThatDoNotMatchThePostingsAreNamed() throws IOException {
        // Sound files with sound checksums, but of postings that differ in one impact.
        Document one = Document.of("a", "body", SparseVector.of(Map.of("t", 7)));
        Document other = Document.of("a", "body", SparseVector.of(Map.of("t", 8)));
        BlockMaxOptions options = new BlockMaxOptions(0, 3);
        build(folder.resolve("one"), List.of(one), options);
        build(folder.resolve("other"), List.of(other), options);
        replace(List.of(FileKind.BLOCKRECORDS));
        assertOneProblem("does not fit the bounds of term 0");
        replace(List.of(FileKind.BLOCKRECORDS, FileKind.BLOCKBOUNDS));
        assertOneProblem("has 1 postings of term 0, which are not the 1 of the postings file");
    }

    /** Puts block files of the other index into the one, with checksums as they must be. */
    private void replace(List<FileKind> kinds) throws IOException {
        Path one = folder.resolve("one");
        Manifest manifest = Manifest.read(one);
        SegmentInfo segment = manifest.segments().getFirst();
        List<FileInfo> files = new ArrayList<>();
        for (FileInfo file : segment.files()) {
            files.add(kinds.contains(file.kind()) ? copy(file.kind(), one, segment.id()) : file);
        }
        new Manifest(manifest.fields(), List.of(new SegmentInfo(segment.id(), 1, files))).write(one);
    }

    private void assertOneProblem(String expected) throws IOException {
        List<String> problems =
                IndexCheck.run(folder.resolve("one"), bytes -> {}).problems();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().contains("blockrecords"), problems.toString());
        assertTrue(problems.getFirst().contains(expected), problems.toString());
    }

    private FileInfo copy(FileKind kind, Path to, long segmentId) throws IOException {
        byte[] framed = Files.readAllBytes(file(folder.resolve("other"), kind));
        try (FrameWriter out = new FrameWriter(to, kind)) {
            out.putBytes(Arrays.copyOfRange(framed, FrameLayout.BYTES, framed.length - FrameLayout.FOOTER_BYTES));
            FileInfo info = out.finish();
            out.seal(segmentId);
            return info;
        }
    }
}
