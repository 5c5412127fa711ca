package io.skiff.server.rest.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.index.BuildOptions;
import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexBuilder;
import io.skiff.index.IndexEditor;
import io.skiff.index.SegmentBuilder;
import io.skiff.index.SparseVector;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.explain.ExplainedScore;
import io.skiff.server.rest.explain.HitExplainer;
import io.skiff.server.rest.explain.ScoreTree;
import io.skiff.server.rest.explain.SearchTrace;
import io.skiff.server.rest.query.QueryLimits;
import io.skiff.server.rest.search.Found.FoundHit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explanations of whatever is asked come to the scores of the hits, to the last bit, over an index of three segments. */
class ExplainedSearchTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_261_126);
    private static final QueryLimits LIMITS = QueryLimits.DEFAULT;
    private static final int DOCUMENTS = 240;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private Collection collection;

    @BeforeEach
    void build() throws IOException {
        Path directory = folder.resolve("index");
        try (Bm25Encoder encoder = Bm25Encoder.of(Bm25Encoder.Parameters.DEFAULT, 6)) {
            Map<String, FieldOptions> fields = Map.of("text", encoder.fieldOptions(), "title", encoder.fieldOptions());
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < DOCUMENTS; i++) {
                Map<String, SparseVector> vectors = new HashMap<>();
                vectors.put("text", encoder.encodeDocuments(List.of(words(12))).getFirst());
                if (random.nextBoolean()) {
                    vectors.put(
                            "title", encoder.encodeDocuments(List.of(words(3))).getFirst());
                }
                vectors.put("sv", vector(10));
                documents.add(new Document("d" + i, vectors, new byte[0]));
            }
            int third = DOCUMENTS / 3;
            try (IndexBuilder builder = IndexBuilder.create(directory, fields, false)) {
                for (Document document : documents.subList(0, third)) {
                    builder.add(document);
                }
                builder.commit();
            }
            try (IndexEditor editor = IndexEditor.open(directory)) {
                for (int part = 1; part < 3; part++) {
                    try (SegmentBuilder builder = editor.newSegment(Map.of(), BuildOptions.DEFAULT)) {
                        for (Document document : documents.subList(part * third, (part + 1) * third)) {
                            builder.add(document);
                        }
                        editor.append(builder);
                    }
                }
                editor.commit();
            }
        }
        collection = Collection.open("index", directory);
    }

    @AfterEach
    void close() {
        collection.close();
    }

    /** Words {@code w0, w1, ...} of which the first are the likeliest, also such as no document has. */
    private String words(int most) {
        return IntStream.range(0, 1 + random.nextInt(most))
                .mapToObj(i -> "w" + (int) (40 * Math.pow(random.nextDouble(), 2)))
                .collect(Collectors.joining(" "));
    }

    private SparseVector vector(int most) {
        Map<String, Float> weights = new HashMap<>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            weights.put("t" + (int) (30 * Math.pow(random.nextDouble(), 2)), random.nextFloat() * 3 + .01f);
        }
        return SparseVector.of(weights);
    }

    @Test
    void explanationsComeToTheScores() {
        int explained = 0;
        for (int i = 0; i < 400; i++) {
            String request = request();
            String what = request + ", seed " + SEED;
            SearchRequest search = SearchRequestParser.parse(request.getBytes(StandardCharsets.UTF_8), LIMITS);
            SearchTrace trace = new SearchTrace(collection, i % 2 == 0);
            Found found = CollectionSearch.search(collection, LIMITS, search, new Cancellation(), trace);
            HitExplainer explainer = new HitExplainer(collection);
            for (FoundHit hit : found.hits()) {
                ExplainedScore score = explainer.explain(trace.origin().orElseThrow(), hit.hit());
                assertEquals(hit.hit().score(), score.tree().value(), what);
                assertComesToItsValue(score.tree(), what);
                explained++;
            }
        }
        assertTrue(explained > 1_000, "only " + explained + " hits, seed " + SEED);
    }

    private static void assertComesToItsValue(ScoreTree tree, String what) {
        List<ScoreTree> details = tree.details();
        String description = tree.description();
        if (description.contains("sum of:")) {
            double sum = 0;
            for (ScoreTree detail : details) {
                sum += detail.value();
            }
            assertEquals(tree.value(), sum, what + "\n" + tree);
        } else if (description.startsWith("max plus")) {
            double largest =
                    details.stream().mapToDouble(ScoreTree::value).max().orElseThrow();
            double all = 0;
            for (ScoreTree detail : details) {
                all += detail.value();
            }
            double tieBreaker = Float.parseFloat(description.split(" ")[2]);
            assertEquals(tree.value(), largest + tieBreaker * (all - largest), what);
        } else if (description.startsWith("product of:")) {
            assertEquals(tree.value(), details.get(0).value() * details.get(1).value(), what);
        } else if (description.startsWith("average of:")) {
            assertEquals(tree.value(), (details.get(0).value() + details.get(1).value()) / 2, what);
        } else if (description.startsWith("[") && !details.isEmpty()) {
            assertEquals(2, details.size(), what + tree);
            double product = details.get(0).value() * details.get(1).value();
            // The weights are what the product stands for, rounded; so is a clause's share of a token that others have
            // too.
            assertEquals(tree.value(), product, 1e-4 * product, what + tree);
        }
        details.forEach(detail -> assertComesToItsValue(detail, what));
    }

    // ---- Random requests

    private String request() {
        return switch (random.nextInt(4)) {
            case 0 -> "{\"size\": 7, \"retriever\": " + retriever(2) + "}";
            case 1 ->
                "{\"size\": 6, \"query\": " + query(2) + ", \"rescore\": {\"window_size\": " + (1 + random.nextInt(9))
                        + ", \"query\": {\"rescore_query\": " + query(1) + ", \"query_weight\": " + number()
                        + ", \"rescore_query_weight\": " + number() + ", \"score_mode\": \""
                        + pick("total", "multiply", "avg", "max", "min") + "\"}}}";
            case 2 -> "{\"size\": 8, \"query\": " + query(2) + ", \"terminate_after\": 50}";
            default -> "{\"size\": 8, \"query\": " + query(3) + "}";
        };
    }

    private String retriever(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(3);
        return switch (kind) {
            case 0 -> "{\"standard\": {\"query\": " + query(2) + "}}";
            case 1 ->
                "{\"rrf\": {\"rank_constant\": " + (1 + random.nextInt(60)) + ", \"rank_window_size\": 20,"
                        + " \"retrievers\": [" + retriever(depth - 1) + ", {\"retriever\": " + retriever(depth - 1)
                        + ", \"weight\": " + number() + "}]}}";
            default ->
                "{\"linear\": {\"rank_window_size\": 20, \"retrievers\": [" + weighted(depth) + ", " + weighted(depth)
                        + "]}}";
        };
    }

    private String weighted(int depth) {
        return "{\"retriever\": " + retriever(depth - 1) + ", \"weight\": " + number() + ", \"normalizer\": \""
                + pick("none", "minmax", "l2_norm") + "\"}";
    }

    private String query(int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 6)) {
            case 0 ->
                "{\"match\": {\"" + pick("text", "title") + "\": {\"query\": \"" + words(4) + " nowhere\", \"boost\": "
                        + number() + "}}}";
            case 1 ->
                "{\"sparse_vector\": {\"field\": \"sv\", \"query_vector\": " + vectorJson() + ", \"boost\": " + number()
                        + (random.nextBoolean() ? ", \"prune\": true" : "") + "}}";
            case 2 ->
                "{\"constant_score\": {\"filter\": {\"match\": {\"text\": \"" + words(2) + "\"}}, \"boost\": "
                        + number() + "}}";
            case 3 ->
                "{\"multi_match\": {\"query\": \"" + words(4) + "\", \"fields\": [\"text^" + number()
                        + "\", \"title\"], \"tie_breaker\": " + pick("0", "0.3", "1") + "}}";
            case 4 -> "{\"bool\": {\"should\": [" + query(depth - 1) + ", " + query(depth - 1) + "]}}";
            default ->
                "{\"bool\": {\"must\": [" + query(depth - 1) + "], \"should\": [" + query(depth - 1)
                        + "], \"filter\": [" + query(0) + "], \"boost\": " + number() + "}}";
        };
    }

    private String vectorJson() {
        SparseVector vector = vector(12);
        return IntStream.range(0, vector.size())
                .mapToObj(i -> "\"" + vector.token(i) + "\": " + vector.weight(i))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private String number() {
        return random.nextInt(3) == 0 ? "2" : String.format(Locale.ROOT, "%.3f", random.nextFloat() * 4 + .05);
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }
}
