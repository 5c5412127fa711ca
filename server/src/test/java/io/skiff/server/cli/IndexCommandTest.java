package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import io.skiff.index.IndexReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexCommandTest {
    private static final String BEIR = """
            {"_id":"a","title":"Cats","text":"they sleep"}
            {"_id":"b","title":"","text":"dogs do not sleep"}
            """;

    @TempDir
    private Path folder;

    private Path data;
    private Path index;

    @BeforeEach
    void makeDataFolder() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        index = data.resolve("index");
    }

    @Test
    void buildOptionsChangeNoAnswer() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            lines.append("{\"id\":\"d%d\",\"vector\":{\"a\":%d,\"b%d\":7}}%n".formatted(i, 1 + i % 200, i % 9));
        }
        Path input = Files.writeString(folder.resolve("many.jsonl"), lines);
        List<List<String>> answers = new ArrayList<>();
        for (String options :
                List.of("--threads 1", "--postings never --memory 1", "--block-size 4 --postings always")) {
            Path index = folder.resolve("index " + options);
            List<Object> arguments = new ArrayList<>(List.of("index", "--index", index, input));
            arguments.addAll(List.of(options.split(" ")));
            Ran.skiff(arguments.toArray()).done();
            Ran.skiff("check", "--index", index).done();
            answers.add(Ran.skiff("search", "--index", index, "--query", "a:1 b3:2", "--k", "50")
                    .done()
                    .lines());
        }
        assertEquals(50, answers.getFirst().size());
        assertEquals(answers.getFirst(), answers.get(1));
        assertEquals(answers.getFirst(), answers.get(2));
        Ran.skiff("index", "--index", folder.resolve("x"), input, "--block-size", "16")
                .wrongUsage("--block-size", "16");
        Ran.skiff("index", "--index", folder.resolve("x"), input, "--memory", "0")
                .wrongUsage("--memory", "0");
        Ran.skiff("index", "--index", folder.resolve("x"), input, "--postings", "no")
                .wrongUsage("--postings", "never");
    }

    @Test
    void tellsWhatItBuilt() throws IOException {
        Ran ran = Ran.skiff("index", "--index", index, write("corpus.jsonl", BEIR))
                .done();

        List<String> labels =
                ran.lines().stream().map(line -> line.split("  +")[0]).toList();
        assertEquals(List.of("documents", "postings", "bytes per posting", "seconds", "documents per second"), labels);
        assertEquals("2", ran.lines().getFirst().split("  +")[1]);
        assertEquals("", ran.err());
        assertFields(Set.of("text"), 2);
    }

    @Test
    void readsEachFormat() throws IOException {
        Ran.skiff("index", "--index", index, write("collection.tsv", "1\tcats\n2\tdogs\n"))
                .done();
        assertFields(Set.of("text"), 2);

        String vectors = "{\"id\":1,\"vector\":{\"cat\":2},\"contents\":\"cats\"}\n";
        Path vectorFile = write("vectors.jsonl", vectors);
        Ran.skiff("index", "--index", index, "--force", vectorFile).done();
        assertFields(Set.of("vector"), 1);

        Ran.skiff("index", "--index", index, "--force", "--encoder", "bm25", vectorFile)
                .done();
        assertFields(Set.of("vector", "text"), 1);
    }

    @Test
    void readsFoldersCompressedFilesAndStandardInput() throws IOException {
        Path beir = Files.createDirectory(folder.resolve("beir"));
        Files.write(beir.resolve("corpus.jsonl.gz"), gzip(BEIR));
        Ran.skiff("index", "--index", index, beir).done();
        assertFields(Set.of("text"), 2);

        Path zst = Files.write(folder.resolve("corpus.jsonl.zst"), Zstd.compress(utf8(BEIR)));
        Ran.skiff("index", "--index", index, "--force", zst).done();
        assertFields(Set.of("text"), 2);

        Ran.skiffReading(utf8(BEIR), "index", "--index", index, "--force", "-").done();
        assertFields(Set.of("text"), 2);
        Ran.skiffReading(gzip(BEIR), "index", "--index", index, "--force", "--format", "beir", "-")
                .done();
        assertFields(Set.of("text"), 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "corpus.jsonl  | {\"_id\":\"b\"                                          | is not valid JSON",
                "corpus.jsonl  | {\"text\":\"no id\"}                                    | has no \"_id\"",
                "corpus.jsonl  | {\"_id\":\"a\",\"text\":\"again\"}                      | 'a'",
                "vectors.jsonl | {\"id\":\"b\",\"vector\":{\"t\":-1}}                    | 't' must be finite",
                "vectors.jsonl | {\"id\":\"b\",\"vector\":{\"t\":1e99}}                  | 't' must be finite",
                "vectors.jsonl | {\"id\":\"b\",\"vector\":{\"t\":NaN}}                   | is not valid JSON",
                "vectors.jsonl | {\"id\":\"b\",\"vector\":{\"t\":1,\"t\":1}}             | 't' occurs twice",
                "vectors.jsonl | {\"id\":\"b\",\"vector\":[1]}                           | must be an object",
                "vectors.jsonl | {\"vector\":{}}                                         | has no \"id\"",
                "docs.tsv      | no tab                                                  | no tab",
                "docs.tsv      | `a\tagain`                                         | 'a'",
            })
    void aBadLineStopsItAndLeavesNothing(String name, String badLine, String cause) throws IOException {
        String good = switch (name) {
            case "corpus.jsonl" -> "{\"_id\":\"a\",\"text\":\"x\"}";
            case "vectors.jsonl" -> "{\"id\":\"a\",\"vector\":{\"t\":1}}";
            default -> "a\ttext";
        };
        Path file = write(name, good + "\n" + badLine + "\n" + good.replace("a", "z") + "\n");

        Ran.skiff("index", "--index", index, file).failed(file + ":2: ", cause);

        assertNothingIn(data);
    }

    @Test
    void theFirstBadLineIsNamedWhateverIsFoundFirst() throws IOException {
        // The duplicate shows only when the document is added, long after the bad JSON was read.
        Path file = write("corpus.jsonl", BEIR + "{\"_id\":\"a\",\"text\":\"x\"}\nbad JSON\n");

        Ran.skiff("index", "--index", index, file).failed(file + ":3: ", "'a'");
        Ran.skiff("index", "--index", index, "--threads", "3", file).failed(file + ":3: ", "'a'");
    }

    @Test
    void skipsBadLinesWhenAsked() throws IOException {
        Path file = write("corpus.jsonl", "bad JSON\n" + BEIR + "{\"_id\":\"a\",\"text\":\"x\"}\n{\"text\":\"x\"}\n");

        Ran ran = Ran.skiff("index", "--index", index, "--format", "beir", "--skip-bad", file)
                .done();

        assertFields(Set.of("text"), 2);
        List<String> err = ran.err().lines().toList();
        assertTrue(err.getFirst().matches("skipped +3 bad lines"), ran.err());
        assertEquals(4, err.size(), ran.err());
        assertTrue(err.get(1).contains(file + ":1: ") && err.get(2).contains(file + ":"), ran.err());
    }

    @Test
    void inputThatIsNotThereOrEmptyFails() throws IOException {
        Path missing = folder.resolve("missing.jsonl");
        Ran.skiff("index", "--index", index, missing).failed(missing + ": no such file");
        Ran.skiff("index", "--index", index, data).failed(data + ": ", "corpus.jsonl");
        Path empty = write("empty.jsonl", "\n");
        Ran.skiff("index", "--index", index, empty).failed(empty + ": ", "is empty");
        Ran.skiff("index", "--index", index, "--format", "beir", empty).failed("no document");
        Path strange = write("strange.txt", "no format at all\n");
        Ran.skiff("index", "--index", index, strange).failed(strange + ":1: ", "vectors", "msmarco", "beir");

        assertNothingIn(data);
    }

    @Test
    void anIndexThatIsThereIsKeptUnlessForced() throws IOException {
        Path corpus = write("corpus.jsonl", BEIR);
        Ran.skiff("index", "--index", index, corpus).done();
        Map<String, String> before = contents(index);

        Ran.skiff("index", "--index", index, corpus).failed(index.toString(), "--force");
        assertEquals(before, contents(index));

        Path bad = write("bad.jsonl", "{\"_id\":\"a\",\"text\":\"x\"}\nbad JSON\n");
        Ran.skiff("index", "--index", index, "--force", bad).failed(bad + ":2: ");
        assertEquals(before, contents(index));
        try (Stream<Path> left = Files.list(data)) {
            assertEquals(List.of(index), left.toList());
        }

        Ran.skiff("index", "--index", index, "--force", "--k1", "0", corpus).done();
        assertFields(Set.of("text"), 2);
    }

    @Test
    void aFolderThatIsNoIndexIsNeverReplaced() throws IOException {
        Path precious = Files.writeString(Files.createDirectory(index).resolve("thesis.txt"), "years of work");

        Ran.skiff("index", "--index", index, "--force", write("corpus.jsonl", BEIR))
                .failed(index.toString());

        assertEquals("years of work", Files.readString(precious));
    }

    @Test
    void theNumberOfThreadsDoesNotChangeAByte() throws IOException {
        StringBuilder corpus = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            corpus.append("d")
                    .append(i)
                    .append('\t')
                    .append("word")
                    .append(i % 7)
                    .append(" number ");
            corpus.append(i * 31 % 97).append('\n');
        }
        Path file = write("docs.tsv", corpus.toString());
        List<Map<String, String>> contents = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            Path built = data.resolve("threads" + threads);
            Ran.skiff("index", "--index", built, "--threads", threads, file).done();
            contents.add(contents(built));
        }
        assertEquals(contents.get(0), contents.get(1));
        assertEquals(contents.get(0), contents.get(2));
    }

    @Test
    void wrongOptionsAreNamed() throws IOException {
        Path corpus = write("corpus.jsonl", BEIR);
        Ran.skiff("index", corpus).wrongUsage("--index");
        Ran.skiff("index", "--index", index).wrongUsage("INPUT");
        Ran.skiff("index", "--index", index, "--wat", corpus).wrongUsage("--wat");
        Ran.skiff("index", "--index", index, "--threads", "0", corpus).wrongUsage("--threads", "at least 1");
        Ran.skiff("index", "--index", index, "--threads", "many", corpus).wrongUsage("--threads", "many");
        Ran.skiff("index", "--index", index, "--k1", "-1", corpus).wrongUsage("--k1", "-1");
        Ran.skiff("index", "--index", index, "--b", "1.1", corpus).wrongUsage("--b", "1.1");
        Ran.skiff("index", "--index", index, "--format", "xml", corpus).wrongUsage("--format", "beir", "xml");
        Ran.skiff("index", "--index", index, "--format", "ciff", corpus, corpus)
                .wrongUsage("--format ciff", "one file");
        Ran.skiff("index", "--index", index, "--encoder", "bm26", corpus).wrongUsage("--encoder", "bm25", "bm26");
        Ran.skiff("index", "--index", index, "--encoder", folder, corpus)
                .failed(folder.toString(), "has no model.onnx");
        Ran.skiff("index", "--index", index, "--encoder", "none", corpus).wrongUsage("--encoder none", "vectors");

        assertNothingIn(data);
    }

    private void assertFields(Set<String> fields, long documentCount) throws IOException {
        try (IndexReader reader = IndexReader.open(index)) {
            assertEquals(fields, reader.fields().keySet());
            assertEquals(documentCount, reader.documentCount());
        }
    }

    private static void assertNothingIn(Path folder) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(utf8(text));
        }
        return zipped.toByteArray();
    }

    /** The bytes of each file, by name. */
    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
