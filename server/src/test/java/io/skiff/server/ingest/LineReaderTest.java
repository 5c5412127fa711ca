package io.skiff.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {
    @TempDir
    private Path folder;

    @Test
    void numbersLinesAndPassesOverBlankOnes() throws IOException {
        List<String> lines = lines(write("a.txt", bytes("one\r\n\n  \ntwo\n\nthree")));

        assertEquals(List.of("1 one", "4 two", "6 three"), lines);
    }

    @Test
    void dropsAByteOrderMarkAtTheStartOnly() throws IOException {
        assertEquals(List.of("1 a", "2 \ufeffb"), lines(write("bom.txt", bytes("\ufeffa\n\ufeffb\n"))));
    }

    @Test
    void readsGzipAndZstandardWhateverTheName() throws IOException {
        String text = "first\nsecond\n".repeat(20_000);
        List<String> expected = lines(write("plain", bytes(text)));

        assertEquals(40_000, expected.size());
        assertEquals(expected, lines(write("named.gz", gzip(bytes(text)))));
        assertEquals(expected, lines(write("unnamed", gzip(bytes(text)))));
        assertEquals(expected, lines(write("named.zst", Zstd.compress(bytes(text)))));
    }

    @Test
    void readsGzipOfSeveralMembers() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(gzip(bytes("one\n")));
        both.write(gzip(bytes("two\n")));

        assertEquals(List.of("1 one", "2 two"), lines(write("members.gz", both.toByteArray())));
    }

    @Test
    void aCompressedFileThatIsCutIsNamed() throws IOException {
        for (byte[] whole :
                List.of(gzip(bytes("text\n".repeat(9_999))), Zstd.compress(bytes("text\n".repeat(9_999))))) {
            Path cut = write("cut", Arrays.copyOf(whole, whole.length - 6));

            IOException e = assertThrows(IOException.class, () -> lines(cut));

            assertTrue(e.getMessage().startsWith(cut.toString()), e.getMessage());
        }
    }

    @Test
    void readsStandardInput() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(gzip(bytes("x\ny\n"))));
        try (LineReader reader = LineReader.open("-")) {
            assertEquals("x", new String(reader.next().orElseThrow(), StandardCharsets.UTF_8));
            assertEquals("stdin:1", reader.location());
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aMissingFileAndAFolderAreNamed() {
        Path missing = folder.resolve("missing.jsonl");

        assertTrue(assertThrows(IOException.class, () -> LineReader.open(missing.toString()))
                .getMessage()
                .contains(missing.toString()));
        assertTrue(assertThrows(IOException.class, () -> LineReader.open(folder.toString()))
                .getMessage()
                .contains("directory"));
    }

    @Test
    void peekingTakesNothingAway() throws IOException {
        try (LineReader reader = LineReader.open(write("peek", bytes("a\nb\n")).toString())) {
            reader.peek();
            reader.peek();
            assertEquals("a", new String(reader.next().orElseThrow(), StandardCharsets.UTF_8));
            assertEquals("b", new String(reader.next().orElseThrow(), StandardCharsets.UTF_8));
            assertEquals(Optional.empty(), reader.next());
            assertEquals(4, reader.positionBytes());
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineReader reader = LineReader.open(file.toString())) {
            for (Optional<byte[]> line = reader.next(); line.isPresent(); line = reader.next()) {
                lines.add(reader.lineNumber() + " " + LineReader.text(line.get(), reader.location()));
            }
        }
        return lines;
    }
}
