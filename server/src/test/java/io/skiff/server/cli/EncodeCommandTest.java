package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EncodeCommandTest {
    @TempDir
    private Path folder;

    @Test
    void linesOfTextHaveTheirNumbersForIds() {
        byte[] input = "cats sleep\n\nthe dogs bark\n".getBytes(StandardCharsets.UTF_8);

        List<JsonNode> vectors =
                vectors(Ran.skiffReading(input, "encode", "--encoder", "bm25").done());

        assertEquals(
                List.of("1", "3"),
                vectors.stream().map(each -> each.get("id").stringValue()).toList());
        assertEquals(
                Set.of("cat", "sleep"),
                Set.copyOf(vectors.getFirst().get("vector").propertyNames()));
        assertEquals(
                Set.of("dog", "bark"),
                Set.copyOf(vectors.getLast().get("vector").propertyNames()));
    }

    @Test
    void whatItWritesCanBeIndexedAsVectors() throws IOException {
        Path texts = Files.writeString(
                folder.resolve("texts.jsonl"),
                "{\"_id\":\"a\",\"title\":\"Cats\",\"text\":\"sleep\"}\n{\"_id\":\"b\",\"text\":\"dogs\"}\n");
        String encoded = Ran.skiff("encode", "--encoder", "bm25", texts).done().out();
        Path index = folder.resolve("index");
        Ran.skiff("index", "--index", index, Files.writeString(folder.resolve("vectors.jsonl"), encoded))
                .done();

        Ran found = Ran.skiff("search", "--index", index, "--query", "cat").done();
        assertEquals(1, found.lines().size(), found.out());
        assertTrue(found.out().contains(" a"), found.out());
    }

    @Test
    void queriesWeighAsTheIndexHasIt() throws IOException {
        Path docs = Files.writeString(folder.resolve("docs.tsv"), "1\tcats\n2\tcats and dogs\n3\tcats\n");
        Path index = folder.resolve("index");
        Ran.skiff("index", "--index", index, docs).done();
        Path queries = Files.writeString(folder.resolve("q.jsonl"), "{\"_id\":\"q\",\"text\":\"cat dog\"}\n");

        JsonNode weighted = vectors(
                        Ran.skiff("encode", "--encoder", "bm25", "--role", "query", "--index", index, queries)
                                .done())
                .getFirst()
                .get("vector");
        assertTrue(weighted.get("dog").doubleValue() > weighted.get("cat").doubleValue(), weighted.toString());

        JsonNode alike = vectors(Ran.skiff("encode", "--encoder", "bm25", "--role", "query", queries)
                        .done())
                .getFirst()
                .get("vector");
        assertEquals(alike.get("dog").doubleValue(), alike.get("cat").doubleValue());
    }

    @Test
    void wrongOptionsAndBadInputAreNamed() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"_id\":\"a\",\"text\":\"x\"}\n{\"text\":\"x\"}\n");
        Ran.skiff("encode", "--encoder", "bm25", bad).failed(bad + ":2: ", "has no \"_id\"");
        Ran.skiff("encode", bad).wrongUsage("--encoder");
        Ran.skiff("encode", "--encoder", "none", bad).wrongUsage("--encoder", "bm25");
        Ran.skiff("encode", "--encoder", "bm25", "--role", "both", bad).wrongUsage("--role", "query", "both");
    }

    private static List<JsonNode> vectors(Ran ran) {
        return ran.lines().stream().map(JsonMapper.shared()::readTree).toList();
    }
}
