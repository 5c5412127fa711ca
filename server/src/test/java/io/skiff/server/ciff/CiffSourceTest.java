package io.skiff.server.ciff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skiff.index.SparseVector;
import io.skiff.server.ingest.InputRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiffSourceTest {
    private static final long SEED = Long.getLong("skiff.seed", 3);

    @TempDir
    private Path folder;

    @Test
    void documentsComeBackInOrder() throws IOException {
        Random random = new Random(SEED);
        // More than one range of the spill, and documents without any term.
        List<Map<String, Integer>> documents = new ArrayList<>();
        for (int d = 0; d < 2 * PostingsSpill.RANGE_DOCUMENTS + 17; d++) {
            Map<String, Integer> document = new HashMap<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                document.put("t\u00e9rm" + random.nextInt(300), 1 + random.nextInt(255));
            }
            documents.add(document);
        }
        List<InputRecord> records = read(CiffFile.of(documents));
        assertEquals(documents.size(), records.size());
        for (int d = 0; d < documents.size(); d++) {
            assertEquals("doc-" + d, records.get(d).id());
            assertEquals(documents.get(d), CiffFile.asMap(records.get(d)), "document " + d + ", seed " + SEED);
        }
        assertNothingIsLeft();
    }

    @Test
    void largeFrequenciesPassAndZeroIsDropped() throws IOException {
        Map<String, Integer> document = new LinkedHashMap<>();
        document.put("large", Integer.MAX_VALUE);
        document.put("zero", 0);
        List<InputRecord> records = read(CiffFile.of(List.of(document)));
        SparseVector vector = records.getFirst().vector().orElseThrow();
        assertEquals(1, vector.size());
        assertEquals((float) Integer.MAX_VALUE, vector.weight(0));
    }

    @Test
    void gzipIsReadAsWhatItHolds() throws IOException {
        byte[] plain = CiffFile.of(List.of(Map.of("cat", 3), Map.of("dog", 2)));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        assertEquals(2, read(packed.toByteArray()).size());
    }

    @Test
    void everyCutIsAnErrorThatNamesFileAndByte() throws IOException {
        byte[] whole = CiffFile.of(List.of(Map.of("cat", 3, "dog", 200), Map.of("dog", 2), Map.of()));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            String message = assertThrows(CiffFormatException.class, () -> read(cut), "cut to " + length)
                    .getMessage();
            assertTrue(message.startsWith(folder.resolve("test.ciff") + ": byte "), message);
        }
        assertNothingIsLeft();
    }

    @Test
    void garbageIsRefusedOrReadButNeverBreaks() throws IOException {
        byte[] whole = CiffFile.of(List.of(Map.of("cat", 3, "dog", 200), Map.of("dog", 2, "elk", 9), Map.of("cat", 1)));
        Random random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] damaged = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                read(damaged);
            } catch (CiffFormatException e) {
                refused++;
            }
        }
        assertTrue(refused > 250, "only " + refused + " of 500 damaged files were refused, seed " + SEED);
        assertNothingIsLeft();
    }

    @Test
    void nonsenseIsNamed() throws IOException {
        assertRefused("expected the end of the file", append(CiffFile.of(List.of(Map.of("cat", 1))), (byte) 1));
        assertRefused("expected a CIFF header of version 1", new byte[] {0});
        assertRefused("is not valid UTF-8", replaceLast(CiffFile.of(List.of(Map.of("cat", 1))), "cat", 0xff));
        assertRefused(
                "a second list of postings for term 'cat'",
                replaceLast(CiffFile.of(List.of(Map.of("cat", 1, "cau", 1))), "cau", 't'));
    }

    @Test
    void readsTheToyFileOfTheFormatsAuthors() throws IOException {
        Path toy = toyFile();
        List<InputRecord> records = CiffFile.read(toy, folder);
        assertEquals(
                List.of("WSJ_1", "TREC_DOC_1", "DOC222"),
                records.stream().map(InputRecord::id).toList());
        assertEquals(3, CiffFile.asMap(records.get(2)).get("text"));
        assertEquals(
                16,
                records.stream()
                        .flatMap(r -> CiffFile.asMap(r).values().stream())
                        .mapToInt(Integer::intValue)
                        .sum());
    }

    private static Path toyFile() {
        String configured = System.getProperty("skiff.shared", System.getenv("SKIFF_SHARED"));
        Path shared = configured == null ? null : Path.of(configured);
        for (Path at = Path.of("").toAbsolutePath(); shared == null && at != null; at = at.getParent()) {
            shared = Files.isDirectory(at.resolve("shared/data")) ? at.resolve("shared") : null;
        }
        assumeTrue(shared != null, "skipped: no shared/data in a folder above, and SKIFF_SHARED names none");
        return shared.resolve("data/sparse_docs/toy-complete-20200309.ciff");
    }

    private List<InputRecord> read(byte[] bytes) throws IOException {
        Path file = folder.resolve("test.ciff");
        Files.write(file, bytes);
        return CiffFile.read(file, folder);
    }

    private void assertRefused(String problem, byte[] bytes) {
        String message =
                assertThrows(CiffFormatException.class, () -> read(bytes)).getMessage();
        assertTrue(message.contains(problem), message);
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("test.ciff"),
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private static byte[] append(byte[] bytes, byte last) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = last;
        return longer;
    }

    /** Replaces the last byte of a term. */
    private static byte[] replaceLast(byte[] bytes, String term, int value) {
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(term);
        byte[] replaced = bytes.clone();
        replaced[at + term.length() - 1] = (byte) value;
        return replaced;
    }
}
