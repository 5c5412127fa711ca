package io.skiff.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.SparseVector;
import io.skiff.scoring.Hit;
import io.skiff.scoring.TopDocs;
import io.skiff.server.collection.Collection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fused results against sums computed from the results that they are made of. */
class ConfiguredSearchTest {
    private static final int DOCUMENTS = 300;
    private static final int WORDS = 12;

    /**
     * Query weights become multiples of a step, at most 2 / 65,535 of the largest, here 9 * 0.5; so each of up to 6 words
     * and 12 tokens, of impact up to 255, is off by half a step.
     */
    private static final double ROUNDING = (6 + WORDS) * 255 * 4.5 / 65_535;

    @TempDir
    private Path folder;

    @Test
    void fusionsAreSumsOverBothResults() throws IOException {
        long seed = Long.getLong("skiff.seed", new Random().nextLong());
        Random random = new Random(seed);
        Path beir = folder.resolve("random");
        Files.createDirectories(beir.resolve("qrels"));
        StringBuilder corpus = new StringBuilder();
        StringBuilder vectors = new StringBuilder();
        for (int i = 0; i < DOCUMENTS; i++) {
            corpus.append("{\"_id\": \"d" + i + "\", \"text\": \"" + words(random) + "\"}\n");
            vectors.append("{\"id\": \"d" + i + "\", \"vector\": " + weights(random) + "}\n");
        }
        Files.writeString(beir.resolve("corpus.jsonl"), corpus);
        Files.writeString(beir.resolve("vectors.jsonl"), vectors);
        Files.writeString(beir.resolve("queries.jsonl"), "{\"_id\": \"q\", \"text\": \"" + words(random) + "\"}\n");
        Files.writeString(
                beir.resolve("query-vectors.jsonl"), "{\"id\": \"q\", \"vector\": " + weights(random) + "}\n");
        Files.writeString(beir.resolve("qrels/test.tsv"), "q\td1\t1\n");
        BeirCollection files = BeirCollection.find(beir, "test", Optional.empty());
        Path index = new CollectionIndex(
                        folder.resolve("work"), files, Optional.empty(), new PrintWriter(new StringWriter()))
                .prepare(false);
        try (PreparedCollection prepared = PreparedCollection.open(files, index, Optional.empty())) {
            PreparedQuery query = prepared.queries().getFirst();
            Collection collection = prepared.collection();
            List<Hit> bm25 = search(collection, "bm25", query).hits();
            List<Hit> sparse = search(collection, "sparse", query).hits();
            String context = "seed " + seed;
            checkReciprocalRanks(bm25, sparse, search(collection, "rrf:7:40", query), context);
            checkSums(bm25, sparse, search(collection, "linear:3:0.5", query), context);
            // A share too small for any token.
            assertEquals(
                    sparse, search(collection, "approximate:0.000001", query).hits(), context);
            PreparedQuery nothing = new PreparedQuery("none", SparseVector.EMPTY, SparseVector.EMPTY);
            for (String each : List.of("bm25", "linear", "rrf", "pruned", "approximate")) {
                assertEquals(List.of(), search(collection, each, nothing).hits(), each);
            }
        }
    }

    private static String words(Random random) {
        return IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(i -> "w" + random.nextInt(WORDS))
                .reduce("", (text, word) -> text + " " + word);
    }

    private static String weights(Random random) {
        StringBuilder text = new StringBuilder("{\"t0\": 1");
        for (int i = 1; i < WORDS; i++) {
            text.append(random.nextBoolean() ? ", \"t" + i + "\": " + (1 + random.nextInt(9)) : "");
        }
        return text.append('}').toString();
    }

    private static TopDocs search(Collection collection, String configuration, PreparedQuery query) {
        return new ConfiguredSearch(collection, Configuration.parse(configuration), DOCUMENTS).search(query);
    }

    private static void checkReciprocalRanks(List<Hit> bm25, List<Hit> sparse, TopDocs fused, String context) {
        Map<Integer, Double> sums = new HashMap<>();
        for (List<Hit> list : List.of(bm25, sparse)) {
            for (int rank = 1; rank <= Math.min(40, list.size()); rank++) {
                sums.merge(list.get(rank - 1).docId(), 1.0 / (7 + rank), Double::sum);
            }
        }
        List<Hit> expected = sums.entrySet().stream()
                .map(entry -> new Hit(0, entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingDouble(Hit::score).reversed().thenComparingInt(Hit::docId))
                .toList();
        assertEquals(expected, fused.hits(), context);
    }

    private static void checkSums(List<Hit> bm25, List<Hit> sparse, TopDocs fused, String context) {
        Map<Integer, Double> sums = new HashMap<>();
        bm25.forEach(hit -> sums.merge(hit.docId(), 3 * hit.score(), Double::sum));
        sparse.forEach(hit -> sums.merge(hit.docId(), 0.5 * hit.score(), Double::sum));
        assertEquals(sums.size(), fused.hits().size(), context);
        double last = Double.POSITIVE_INFINITY;
        for (Hit hit : fused.hits()) {
            assertEquals(sums.get(hit.docId()), hit.score(), ROUNDING, context);
            assertTrue(hit.score() <= last, context);
            last = hit.score();
        }
    }
}
