package io.skiff.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.SparseVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatTest {
    private static final SparseVector CAT_TWICE = SparseVector.of(Map.of("cat", 2));

    @TempDir
    private Path folder;

    @Test
    void collectionsAreToldByTheirFirstLine() throws IOException {
        assertEquals(InputFormat.BEIR, detect("{\"_id\":\"a\",\"text\":\"x\"}"));
        assertEquals(InputFormat.VECTORS, detect("{\"id\":\"a\",\"vector\":{\"t\":1}}"));
        assertEquals(InputFormat.VECTORS, detect("{\"_id\":\"a\",\"vector\":{}}"));
        assertEquals(InputFormat.BEIR, detect("{\"_id\":\"a\",\"text\":\"x\",\"vector\":\"no object\"}"));
        assertEquals(InputFormat.MSMARCO, detect("1\ttext"));
    }

    @Test
    void whatCannotBeToldSaysWhatToPass() {
        for (String line : List.of("just text", "{\"id\":\"a\"}", "\tx")) {
            BadInputException e = assertThrows(BadInputException.class, () -> detect(line));
            assertTrue(e.getMessage().contains("beir") && e.getMessage().contains("msmarco"), e.getMessage());
        }
        assertTrue(assertThrows(BadInputException.class, () -> detect(""))
                .getMessage()
                .contains("is empty"));
    }

    @Test
    void aBeirFolderIsItsCorpus() throws IOException {
        write("corpus.jsonl", "{\"_id\":\"a\",\"text\":\"x\"}\n");

        LineSource.Opened opened = LineSource.open(List.of(folder.toString()), Optional.empty());
        try (LineSource source = opened.source()) {
            assertEquals(InputFormat.BEIR, opened.format());
            assertEquals("a", source.next().orElseThrow().id());
            assertEquals(Optional.empty(), source.next());
            assertEquals(source.length().orElseThrow(), source.position());
        }
    }

    @Test
    void filesFollowOneAnother() throws IOException {
        Path one = write("1.tsv", "a\tx\n");
        Path empty = write("2.tsv", "");
        Path two = write("3.tsv", "b\ty\n");

        try (LineSource source = LineSource.open(
                        List.of(one.toString(), empty.toString(), two.toString()), Optional.empty())
                .source()) {
            assertEquals(one + ":1", source.next().orElseThrow().location());
            assertEquals(two + ":1", source.next().orElseThrow().location());
            assertEquals(Optional.empty(), source.next());
            assertEquals(source.length().orElseThrow(), source.position());
        }
    }

    @Test
    void aFileThatIsMissingIsFoundBeforeTheFirstIsRead() throws IOException {
        Path one = write("1.tsv", "a\tx\n");
        String missing = folder.resolve("missing").toString();

        IOException e = assertThrows(
                IOException.class, () -> LineSource.open(List.of(one.toString(), missing), Optional.empty()));

        assertTrue(e.getMessage().contains(missing), e.getMessage());
    }

    @Test
    void queriesAreToldApart() throws IOException {
        assertText("{\"_id\":\"q\",\"text\":\"cat cat\"}", true);
        assertText("q\tcat cat", true);
        assertVector("q\tcat cat", false);
        assertVector("q\tcat:2", true);
        assertVector("q\tcat:2", false);
        assertVector("{\"id\":\"q\",\"vector\":{\"cat\":2}}", true);
    }

    @Test
    void oneLineOfWordsMakesTextOfThemAll() throws IOException {
        List<QueryRecord> queries = read("1\tratio:2\n2\ta ratio of 3:1\n", true);

        assertEquals(new QueryRecord.Text("1", "ratio:2", queries.getFirst().location()), queries.getFirst());
        assertInstanceOf(QueryRecord.Text.class, queries.getLast());
    }

    @Test
    void queriesThatRepeatAnIdAreBad() {
        BadInputException e = assertThrows(BadInputException.class, () -> read("1\ta\n2\tb\n1\tc\n", true));

        assertTrue(e.getMessage().contains(":3: query '1' was already there at "), e.getMessage());
        assertThrows(BadInputException.class, () -> read("", true));
    }

    @Test
    void aSingleQueryNeedsNoId() throws IOException {
        assertEquals(new QueryRecord.Text("1", "cat:2", "--query"), QueryFile.single("cat:2", Optional.empty(), true));
        assertEquals(
                new QueryRecord.Vector("1", CAT_TWICE, "--query"), QueryFile.single("cat:2", Optional.empty(), false));
        assertEquals(
                new QueryRecord.Vector("1", CAT_TWICE, "--query"),
                QueryFile.single("cat cat", Optional.empty(), false));
    }

    private InputFormat detect(String line) throws IOException {
        try (LineReader lines = LineReader.open(write("detect", line).toString())) {
            return InputFormat.detect(lines);
        }
    }

    private void assertText(String line, boolean hasEncoder) throws IOException {
        QueryRecord query = read(line, hasEncoder).getFirst();
        assertEquals(new QueryRecord.Text("q", "cat cat", query.location()), query);
    }

    private void assertVector(String line, boolean hasEncoder) throws IOException {
        QueryRecord query = read(line, hasEncoder).getFirst();
        assertEquals(new QueryRecord.Vector("q", CAT_TWICE, query.location()), query);
    }

    private List<QueryRecord> read(String lines, boolean hasEncoder) throws IOException {
        return QueryFile.read(write("queries", lines).toString(), Optional.empty(), hasEncoder);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
