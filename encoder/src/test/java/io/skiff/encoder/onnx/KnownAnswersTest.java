package io.skiff.encoder.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.FieldStatistics;
import io.skiff.index.SparseVector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real vocabulary and a real masked-language model, where they can be found. */
class KnownAnswersTest {
    @TempDir
    Path folder;

    /** What Vespa's own test of its SPLADE embedder expects of its dummy model. */
    @Test
    void vespasDummyModelGivesItsKnownAnswer() throws IOException {
        Path vespa = SharedData.require("vespa");
        Files.copy(vespa.resolve("dummy_transformer_mlm.onnx"), folder.resolve("model.onnx"));
        Files.copy(vespa.resolve("real_tokenizer.json"), folder.resolve("tokenizer.json"));
        try (OnnxEncoder encoder =
                OnnxEncoder.open(folder, new ExecutionOptions(ExecutionOptions.Provider.CPU, 0, 1))) {
            SparseVector vector = encoder.encodeQuery("what was the manhattan project", FieldStatistics.NONE);
            List<String> strong = new ArrayList<>();
            for (int i = 0; i < vector.size(); i++) {
                if (vector.weight(i) > 1.15f) {
                    strong.add(vector.token(i));
                }
            }
            assertEquals(3, strong.size(), strong.toString());
            assertTrue(strong.contains("relief"), strong.toString());
            assertTrue(encoder.encodeQuery("", FieldStatistics.NONE).isEmpty());
        }
    }

    /** Published WordPiece versions of query sets, reproduced to the last piece. */
    @Test
    void publishedWordPiecesAreReproduced() throws IOException {
        Path data = SharedData.require("tokenizer");
        Vocabulary vocabulary = Vocabulary.read(data.resolve("bert-base-uncased-vocab.txt"));
        List<Path> published;
        try (Stream<Path> files = Files.list(data.resolve("wp"))) {
            published = files.filter(file -> file.toString().endsWith(".wp.tsv.gz"))
                    .sorted()
                    .toList();
        }
        int compared = 0;
        List<String> different = new ArrayList<>();
        try (TextTokenizer tokenizer = new TextTokenizer(vocabulary, ModelSettings.LARGEST_MAX_LENGTH)) {
            for (Path file : published) {
                Map<String, String> texts = readTsv(raw(file));
                for (Map.Entry<String, String> query : readTsv(file).entrySet()) {
                    String text = texts.get(query.getKey());
                    if (text == null) {
                        different.add(file.getFileName() + " " + query.getKey() + ": no text");
                        continue;
                    }
                    compared++;
                    String pieces = String.join(" ", tokenizer.tokens(text));
                    if (!pieces.equals(query.getValue())) {
                        different.add(file.getFileName() + " " + query.getKey() + ": " + pieces + " instead of "
                                + query.getValue());
                    }
                }
            }
        }
        assertEquals(List.of(), different.stream().limit(5).toList(), different.size() + " of " + compared + " differ");
        assertEquals(59_741, compared);
    }

    private static Path raw(Path published) {
        String name = published.getFileName().toString();
        Path compressed = published.resolveSibling(name.replace(".wp.tsv.gz", ".tsv.gz"));
        return Files.exists(compressed) ? compressed : published.resolveSibling(name.replace(".wp.tsv.gz", ".txt"));
    }

    private static Map<String, String> readTsv(Path file) throws IOException {
        Map<String, String> lines = new HashMap<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int tab = line.indexOf('\t');
                lines.put(line.substring(0, tab), line.substring(tab + 1).strip());
            }
        }
        return lines;
    }
}
