package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.IndexReader;
import io.skiff.server.model.WordModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands with a model. */
class ModelCommandsTest {
    private static final String CORPUS = """
            {"_id":"boats","title":"Boats","text":"skiff sail sail","year":1990}
            {"_id":"fish","text":"reef fish"}
            {"_id":"empty","text":" "}
            """;

    @TempDir
    private Path folder;

    private Path model;
    private Path corpus;
    private Path index;

    @BeforeEach
    void writeModel() throws IOException {
        model = words().write(folder.resolve("model"));
        corpus = Files.writeString(folder.resolve("corpus.jsonl"), CORPUS);
        index = folder.resolve("index");
    }

    private static WordModel words() {
        return new WordModel("skiff", "boat", "sail", "reef", "fish", "boats", "bad").expand("skiff", "boat", 0.5);
    }

    @Test
    void textIsEncodedByTheModel() {
        Ran ran = Ran.skiffReading(
                        "skiff fish\n\nskiff unknown \uD83D\uDC20\n".getBytes(StandardCharsets.UTF_8),
                        "encode",
                        "--encoder",
                        model,
                        "--provider",
                        "cpu")
                .done();
        List<JsonNode> lines =
                ran.lines().stream().map(JsonMapper.shared()::readTree).toList();
        assertEquals("1", lines.get(0).get("id").stringValue());
        assertWeights(
                Map.of("skiff", 1.0, "boat", 0.5, "fish", 1.0), lines.get(0).get("vector"));
        assertWeights(Map.of("skiff", 1.0, "boat", 0.5), lines.get(1).get("vector"));
        Ran query = Ran.skiffReading(
                        "reef\n".getBytes(StandardCharsets.UTF_8), "encode", "--encoder", model, "--role", "query")
                .done();
        assertWeights(
                Map.of("reef", 1.0), JsonMapper.shared().readTree(query.out()).get("vector"));
    }

    @Test
    void anIndexRemembersItsModel() throws IOException {
        Ran built =
                Ran.skiff("index", "--index", index, "--encoder", model, corpus).done();
        assertTrue(built.out().contains("documents             3\n"), built.out());
        assertTrue(built.out().contains("tokens per second"), built.out());
        assertFalse(built.out().contains("chunks"), built.out());
        try (IndexReader reader = IndexReader.open(index)) {
            Map<String, String> attributes = reader.field("text").orElseThrow().attributes();
            assertEquals("onnx", attributes.get("encoder"));
            assertEquals(model.toAbsolutePath().normalize().toString(), attributes.get("onnx.folder"));
        }

        Ran found = Ran.skiff("search", "--index", index, "--query", "boat").done();
        assertEquals(1, found.lines().size(), found.out());
        assertTrue(found.out().contains("boats"), "by the word that the model added: " + found.out());
        assertEquals(
                List.of("no hits"),
                Ran.skiff("search", "--index", index, "--query", " ").done().lines());
    }

    @Test
    void anotherModelIsTakenOnlyWhereItIsNamedAndHasTheVocabulary() throws IOException {
        Ran.skiff("index", "--index", index, "--encoder", model, corpus).done();
        Path other = words().expand("fish", "boat", 2).write(folder.resolve("other"));
        Ran found = Ran.skiff("search", "--index", index, "--encoder", other, "--query", "fish")
                .done();
        assertEquals(2, found.lines().size(), found.out());

        Ran.skiff("search", "--index", index, "--encoder", "bm25", "--query", "fish")
                .failed("--encoder", "was made with model");
        words().expand("fish", "boat", 2).write(model);
        Ran.skiff("search", "--index", index, "--query", "fish")
                .failed("index '" + index + "'", "is not the one that made the field", "--encoder");

        Path foreign = new WordModel("skiff", "sail").write(folder.resolve("foreign"));
        Ran.skiff("search", "--index", index, "--encoder", foreign, "--query", "fish")
                .failed("made with a model of vocabulary");

        Path bm25 = folder.resolve("bm25");
        Ran.skiff("index", "--index", bm25, corpus).done();
        Ran.skiff("search", "--index", bm25, "--encoder", model, "--query", "fish")
                .failed("--encoder", "was made with bm25");
        Ran.skiff("search", "--index", bm25, "--encoder", "bm25", "--query", "fish")
                .done();
    }

    @Test
    void aModelThatMovedIsFoundByName() throws IOException {
        Ran.skiff("index", "--index", index, "--encoder", model, corpus).done();
        Path moved = Files.move(model, folder.resolve("moved"));
        Ran.skiff("search", "--index", index, "--query", "fish").failed(model.toString(), "is no folder");
        assertTrue(Ran.skiff("search", "--index", index, "--encoder", moved, "--query", "fish")
                .done()
                .out()
                .contains("fish"));
        Path queries = Files.writeString(folder.resolve("q.jsonl"), "{\"_id\":\"q\",\"text\":\"skiff\"}\n");
        Ran encoded = Ran.skiff("encode", "--encoder", moved, "--role", "query", "--index", index, queries)
                .done();
        assertWeights(
                Map.of("skiff", 1.0, "boat", 0.5),
                JsonMapper.shared().readTree(encoded.out()).get("vector"));
    }

    @Test
    void longDocumentsAreFoundByTheirBestChunk() throws IOException {
        String text = "Fish fish fish fish. Sail sail sail sail. Skiff reef boat sail.";
        Files.writeString(
                corpus,
                "{\"_id\":\"a#1\",\"title\":\"bad\",\"text\":\"" + text + "\",\"n\":1.50}\n"
                        + "{\"_id\":\"b\",\"text\":\"reef boat\"}\n");
        Ran built = Ran.skiff(
                        "index",
                        "--index",
                        index,
                        "--encoder",
                        model,
                        "--chunk",
                        "sentences",
                        "--chunk-tokens",
                        "6",
                        "--chunk-overlap",
                        "0",
                        corpus)
                .done();
        assertTrue(built.out().contains("documents             2\n"), built.out());
        assertTrue(built.out().contains("chunks                4\n"), built.out());

        Ran found = Ran.skiff("search", "--index", index, "--query", "skiff reef boat", "--k", "10")
                .done();
        assertEquals(2, found.lines().size(), found.out());
        String first = found.lines().getFirst();
        int start = text.indexOf("Skiff");
        assertTrue(first.contains(" a#1 "), first);
        assertTrue(first.contains("[" + start + "-" + text.length() + "] bad | Skiff reef boat sail."), first);
        assertTrue(found.lines().get(1).contains(" b "), found.out());

        Path run = folder.resolve("run");
        Path queries = Files.writeString(folder.resolve("q.tsv"), "1\tfish sail\n");
        Ran.skiff("search", "--index", index, "--queries", queries, "--run", run)
                .done();
        assertEquals(1, Files.readAllLines(run).size());
        assertTrue(Files.readString(run).startsWith("1 Q0 a#1 1 1"), Files.readString(run));

        try (IndexReader reader = IndexReader.open(index)) {
            var segment = reader.segments().getFirst();
            assertEquals("a#1#2", segment.externalId(2));
            assertEquals(
                    "{\"title\":\"bad\",\"text\":\"Skiff reef boat sail.\",\"n\":1.50,\"_chunk\":{\"number\":2,\"start\":"
                            + start + ",\"end\":" + text.length() + "}}",
                    new String(segment.source(2), StandardCharsets.UTF_8));
        }
    }

    /** The chunks of one document fill the first results, and there is another document behind them. */
    @Test
    void enoughDocumentsAreFoundHoweverManyChunksTheFirstHas() throws IOException {
        StringBuilder lines = new StringBuilder();
        lines.append("{\"_id\":\"long\",\"text\":\"")
                .append("skiff sail ".repeat(300))
                .append("\"}\n");
        for (int i = 0; i < 5; i++) {
            lines.append("{\"_id\":\"d").append(i).append("\",\"text\":\"sail\"}\n");
        }
        Files.writeString(corpus, lines);
        Ran.skiff(
                        "index",
                        "--index",
                        index,
                        "--encoder",
                        model,
                        "--chunk",
                        "tokens",
                        "--chunk-tokens",
                        "2",
                        "--chunk-overlap",
                        "0",
                        corpus)
                .done();
        Ran found = Ran.skiff("search", "--index", index, "--query", "skiff sail", "--k", "3")
                .done();
        assertEquals(3, found.lines().size(), found.out());
        assertTrue(found.lines().get(0).contains(" long "), found.out());
        assertTrue(found.lines().get(1).contains(" d0 "), found.out());
        assertTrue(found.lines().get(2).contains(" d1 "), found.out());
    }

    @Test
    void aWeightThatIsNoNumberIsReportedWhereItStandsAndNotIndexed() throws IOException {
        words().expand("bad", "boat", Double.POSITIVE_INFINITY).write(model);
        Files.writeString(
                corpus,
                "{\"_id\":\"a\",\"text\":\"sail\"}\n{\"_id\":\"b\",\"text\":\"fish bad\"}\n{\"_id\":\"c\",\"text\":\"reef\"}\n");
        Ran.skiff("index", "--index", index, "--encoder", model, corpus)
                .failed(corpus + ":2: ", "document 'b'", "gave weight Infinity for token id 6");
        assertFalse(Files.exists(index));
        Ran skipped = Ran.skiff("index", "--index", index, "--encoder", model, "--skip-bad", corpus)
                .done();
        assertTrue(skipped.err().contains("1 bad lines"), skipped.err());
        assertTrue(skipped.out().contains("documents             2\n"), skipped.out());
        Ran.skiff("encode", "--encoder", model, corpus).failed(corpus + ":2: ", "gave weight Infinity");
        Ran.skiff(
                        "index",
                        "--index",
                        index,
                        "--force",
                        "--encoder",
                        model,
                        "--chunk",
                        "tokens",
                        "--chunk-tokens",
                        "1",
                        "--chunk-overlap",
                        "0",
                        "--skip-bad",
                        corpus)
                .done();
        try (IndexReader reader = IndexReader.open(index)) {
            assertEquals(2, reader.documentCount(), "of the document with a bad chunk nothing is indexed");
        }
    }

    @Test
    void tokensOfQueriesArePruned() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            lines.append("{\"_id\":\"d")
                    .append(i)
                    .append("\",\"text\":\"sail")
                    .append(i == 7 ? " reef" : "")
                    .append("\"}\n");
        }
        Files.writeString(corpus, lines);
        Ran.skiff("index", "--index", index, "--encoder", model, corpus).done();
        Path queries = Files.writeString(folder.resolve("q.tsv"), "1\treef:2 sail:0.5\n");
        List<Object> search = List.of("search", "--index", index, "--queries", queries, "--field", "text", "--k", "50");
        assertEquals(41, Ran.skiff(search.toArray()).done().lines().size());
        assertEquals(
                2,
                skiff(search, "--prune", "--tokens-freq-ratio-threshold", "1")
                        .done()
                        .lines()
                        .size(),
                "sail is in every document and light");
        assertEquals(
                41,
                skiff(search, "--prune", "--tokens-freq-ratio-threshold", "1", "--tokens-weight-threshold", "0.2")
                        .done()
                        .lines()
                        .size());
        assertEquals(
                41,
                skiff(search, "--prune", "--tokens-freq-ratio-threshold", "1", "--only-score-pruned-tokens")
                        .done()
                        .lines()
                        .size());
        assertEquals(2, skiff(search, "--max-terms", "1").done().lines().size());
        skiff(search, "--max-terms", "0").wrongUsage("--max-terms must be 1 or more, got 0");
        skiff(search, "--tokens-weight-threshold", "0.2").wrongUsage("--tokens-weight-threshold", "--prune");
        skiff(search, "--prune", "--tokens-weight-threshold", "2")
                .wrongUsage("--tokens-weight-threshold must be from 0 to 1, got 2.0");
    }

    @Test
    void aModelIsChecked() throws IOException {
        Ran ran = Ran.skiff("model", "check", model, "--provider", "cpu", "--text", "skiff reef")
                .done();
        for (String line : List.of(
                "input              input_ids int64[?,?]",
                "input              attention_mask int64[?,?]",
                "output             logits float[?,?,12]",
                "pooling            max, in the graph, behind the logits",
                "activation         log1p_relu",
                "provider           cpu",
                "role               both",
                "max length         512 tokens",
                "strongest tokens   skiff 1.000, reef 1.000, boat 0.500")) {
            assertTrue(ran.lines().contains(line), line + " in " + ran.out());
        }
        assertTrue(ran.out().contains("tokens per second"), ran.out());
        assertTrue(ran.out().contains("active terms"), ran.out());
    }

    @Test
    void aModelIsComparedWithGoldenVectors() throws IOException {
        Path golden = folder.resolve("golden.json");
        Files.writeString(golden, "{\"skiff\": {\"skiff\": 1, \"boat\": 0.5}, \"\": {}, \"fish\": {\"fish\": 1.0004}}");
        assertTrue(Ran.skiff("model", "check", model, "--golden", golden)
                .done()
                .lines()
                .contains("golden vectors     3 of 3 within 0.001"));
        Files.writeString(golden, "{\"skiff\": {\"skiff\": 1, \"reef\": 0.25}, \"fish\": {\"fish\": 1}}");
        Ran off = Ran.skiff("model", "check", model, "--golden", golden);
        assertEquals(1, off.exitCode());
        assertTrue(
                off.lines()
                        .contains(
                                "off                2 tokens of 'skiff', most of all 'boat': 0.5000, expected 0.0000"),
                off.out());
        assertTrue(off.lines().contains("golden vectors     1 of 2 within 0.001"), off.out());
        Ran.skiff("model", "check", model, "--golden", golden, "--tolerance", "0.5")
                .done();
        Files.writeString(golden, "{\"skiff\": {\"skiff\": \"1\"}}");
        Ran.skiff("model", "check", model, "--golden", golden)
                .failed(golden.toString(), "text 'skiff'", "token 'skiff'", "expected a finite number");
        Files.writeString(golden, "[]");
        Ran.skiff("model", "check", model, "--golden", golden).failed(golden.toString(), "expected {\"text\"");
    }

    @Test
    void wrongUseIsNamed() throws IOException {
        Ran.skiff("index", "--index", index, "--encoder", "splade", corpus).wrongUsage("--encoder", "no folder");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Ran.skiff("index", "--index", index, "--encoder", empty, corpus)
                .failed(empty.toString(), "has no model.onnx; found: nothing");
        Ran.skiff("model", "check", empty).failed("has no model.onnx");
        Ran.skiff("model").wrongUsage("check");
        Ran.skiff("encode", "--encoder", model, "--provider", "gpu", corpus).wrongUsage("--provider", "cuda", "gpu");
        Ran.skiff("encode", "--encoder", model, "--device", "-1", corpus).wrongUsage("--device", "-1");
        Ran.skiff("encode", "--encoder", model, "--model-threads", "-1", corpus).wrongUsage("--model-threads", "-1");
        Ran.skiff("index", "--index", index, "--chunk", "tokens", corpus).wrongUsage("--chunk", "--encoder MODEL_DIR");
        Ran.skiff("index", "--index", index, "--encoder", model, "--chunk-tokens", "5", corpus)
                .wrongUsage("--chunk-tokens", "--chunk");
        Ran.skiff("index", "--index", index, "--encoder", model, "--chunk", "tokens", "--chunk-tokens", "600", corpus)
                .failed("chunks of 600 tokens", "510");
        Ran.skiff(
                        "index",
                        "--index",
                        index,
                        "--encoder",
                        model,
                        "--chunk",
                        "tokens",
                        "--chunk-tokens",
                        "5",
                        "--chunk-overlap",
                        "5",
                        corpus)
                .wrongUsage("--chunk-overlap", "got 5");
        Ran.skiff("search", "--index", index, "--encoder", "none", "--query", "x")
                .wrongUsage("--encoder none");
        Ran.skiff("serve", "--data", folder, "--query-batch", "0").wrongUsage("--query-batch", "from 1 to 256, got 0");
        Files.writeString(model.resolve("skiff.json"), "{\"role\": \"query\"}");
        Ran.skiff("index", "--index", index, "--encoder", model, corpus).failed("encodes queries only");
        Files.writeString(corpus, "{\"_id\":\"a\",\"text\":\"sail\",\"_chunk\":1}\n");
        Files.delete(model.resolve("skiff.json"));
        Ran.skiff("index", "--index", index, "--encoder", model, "--chunk", "tokens", corpus)
                .failed(corpus + ":1: ", "document 'a'", "\"_chunk\"");
    }

    private static Ran skiff(List<Object> command, Object... more) {
        List<Object> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return Ran.skiff(all.toArray());
    }

    private static void assertWeights(Map<String, Double> expected, JsonNode vector) {
        assertEquals(expected.size(), vector.size(), vector.toString());
        expected.forEach(
                (token, weight) -> assertEquals(weight, vector.path(token).asDouble(0), 1e-5, token + " in " + vector));
    }
}
