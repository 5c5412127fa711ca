package io.skiff.bench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skiff.server.ingest.BadInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadersTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text);
    }

    @Test
    void readsBeirAndTrecJudgments() throws IOException {
        Map<String, Map<String, Integer>> expected = Map.of("q1", Map.of("d1", 2, "d2", 0), "q2", Map.of("d1", -1));
        String beir = "q1\td1\t2\nq1\td2\t0\n\nq2\td1\t-1\n";
        assertEquals(
                expected,
                Qrels.read(file("query-id\tcorpus-id\tscore\n" + beir)).grades());
        assertEquals(expected, Qrels.read(file(beir.replace("\n", "\r\n"))).grades());
        assertEquals(
                expected,
                Qrels.read(file("q1 0 d1 2\nq1\t0\td2\t0\n q2  Q0 d1  -1 ")).grades());
        assertEquals(
                Map.of("a query", Map.of("a document", 1)),
                Qrels.read(file("query-id\tcorpus-id\tscore\na query\ta document\t1"))
                        .grades());
    }

    @Test
    void readsGzippedFiles() throws IOException {
        Path gzipped = folder.resolve("run.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
            out.write("q1 Q0 d1 1 0.5 tag\n".getBytes(StandardCharsets.UTF_8));
        }
        Run run = Run.read(gzipped);
        assertEquals("run.gz", run.name());
        assertEquals(Map.of("q1", List.of("d1")), run.rankings());
    }

    @Test
    void ranksByScoreThenIdDescending() throws IOException {
        Run run = Run.read(file("""
                q Q0 d1 1 1.0 tag
                q Q0 d2 2 2 tag more columns
                q Q0 d10 3 1.00000001 tag
                q Q0 d3 4 -1e3 tag
                q Q0 d4 5 -0.0 tag
                q Q0 d5 6 0 tag
                """));
        assertEquals(
                List.of("d2", "d10", "d1", "d5", "d4", "d3"), run.rankings().get("q"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "q 0 d| 1: expected 4 columns",
                "q 0 d 1\\nq d 1| 2: expected 4 columns",
                "query-id\\tcorpus-id\\tscore\\nq 0 d 1| 2: expected 3 columns",
                "query-id\\tcorpus-id\\tscore\\nq\\td\\tx| 2: expected a whole number as the grade, got 'x'",
                "q\\td\\tgood| 1: expected a whole number as the grade, got 'good'",
                "q 0 d 1.5| 1: expected a whole number as the grade, got '1.5'",
                "q 0 d 1\\n\\nq 0 d 1| 3: document 'd' is judged a second time for query 'q'",
            })
    void aBadJudgmentIsNamed(String text, String expected) throws IOException {
        assertRefused(text, expected, Qrels::read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "q Q0 d 1 1| 1: expected 6 columns, 'qid Q0 docid rank score tag', got 5",
                "q Q0 d 1 1 t\\nq Q0 e 1 high t| 2: expected a number as the score, got 'high'",
                "q Q0 d 1 NaN t| 1: expected a number as the score, got 'NaN'",
                "q Q0 d 1 3 t\\np Q0 d 1 3 t\\nq Q0 d 2 2 t| 3: document 'd' is retrieved a second time for query 'q',"
                        + " first in line 1",
            })
    void aBadLineOfARunIsNamed(String text, String expected) throws IOException {
        assertRefused(text, expected, Run::read);
    }

    private interface Reader {
        Object read(Path file) throws IOException;
    }

    private void assertRefused(String text, String expected, Reader reader) throws IOException {
        Path file = file(text.replace("\\n", "\n").replace("\\t", "\t"));
        String message =
                assertThrows(BadInputException.class, () -> reader.read(file)).getMessage();
        String start = file + ":" + expected;
        assertEquals(start, message.substring(0, Math.min(start.length(), message.length())));
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path absent = folder.resolve("absent");
        assertEquals(
                absent + ": cannot be read: there is no such file",
                assertThrows(BadInputException.class, () -> Run.read(absent)).getMessage());
        Path plain = Files.writeString(folder.resolve("plain.gz"), "q 0 d 1");
        assertEquals(
                plain + ": cannot be read: Not in GZIP format",
                assertThrows(BadInputException.class, () -> Qrels.read(plain)).getMessage());
        Path latin = Files.write(folder.resolve("latin"), new byte[] {'q', ' ', (byte) 0xe9, '\n'});
        assertEquals(
                latin + ", near line 0: cannot be read: this is not UTF-8 text",
                assertThrows(BadInputException.class, () -> Qrels.read(latin)).getMessage());
        Path empty = file("\n");
        assertEquals(
                empty + ": there are no judgments in it",
                assertThrows(BadInputException.class, () -> Qrels.read(empty)).getMessage());
    }
}
