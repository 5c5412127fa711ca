package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.IndexReader;
import io.skiff.index.SparseVector;
import io.skiff.scoring.SparseQuery.Clause;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The searcher against brute force over the quantized vectors: same documents, same scores, same order. */
final class SearcherTest {
    private static final int[] KS = {1, 2, 3, 10, 100, 1_000, Searcher.MAX_K};

    @TempDir
    Path directory;

    private record Expected(List<Long> ordinals, List<Double> scores, long totalHits) {}

    private static Expected expected(Corpus corpus, QueryPlan plan, int k) {
        long[] scores = corpus.bruteForce(plan);
        List<Integer> ranking = IntStream.range(0, scores.length)
                .filter(i -> scores[i] > 0)
                .boxed()
                .sorted((a, b) -> Long.compare(scores[b], scores[a]))
                .toList();
        List<Integer> top = ranking.subList(0, Math.min(k, ranking.size()));
        return new Expected(
                top.stream().map(Integer::longValue).toList(),
                top.stream().map(i -> scores[i] * plan.scale()).toList(),
                ranking.size());
    }

    private static Expected actual(IndexReader reader, TopDocs topDocs) {
        long[] firstOrdinals = new long[reader.segments().size() + 1];
        for (int i = 0; i < reader.segments().size(); i++) {
            firstOrdinals[i + 1] = firstOrdinals[i] + reader.segments().get(i).documentCount();
        }
        assertTrue(topDocs.totalHitsExact());
        return new Expected(
                topDocs.hits().stream()
                        .map(hit -> firstOrdinals[hit.segment()] + hit.docId())
                        .toList(),
                topDocs.hits().stream().map(Hit::score).toList(),
                topDocs.totalHits());
    }

    private static SparseQuery randomQuery(Random random, int vocabularySize) {
        List<Clause> clauses = new ArrayList<>();
        int clauseCount = 1 + random.nextInt(3);
        for (int i = 0; i < clauseCount; i++) {
            String field = List.of("whole", "whole", "body", "title", "absent").get(random.nextInt(5));
            int maxTokens = random.nextInt(8) == 0 ? 2_000 : 30;
            // Tokens above the vocabulary are unknown to the index.
            SparseVector vector = Corpus.vector(random, vocabularySize + 20, maxTokens, u -> 3 * u + 1e-3);
            float boost = random.nextBoolean() ? 1 : .1f + 5 * random.nextFloat();
            clauses.add(new Clause(field, vector, boost));
        }
        return new SparseQuery(clauses);
    }

    @Test
    void equalsBruteForce() throws IOException {
        for (int round = 0; round < 8; round++) {
            Random random = Seed.random(100 + round);
            Corpus corpus = Corpus.random(
                    random, List.of(1, 2, 50, 2_047, 2_048, 2_049, 4_500, 700).get(round), 300);
            try (IndexReader reader = corpus.index(directory.resolve("index" + round))) {
                List<Searcher> searchers = KernelsTest.names().stream()
                        .map(name -> new Searcher(reader, Kernels.named(name)))
                        .toList();
                for (int i = 0; i < 12; i++) {
                    SparseQuery query = randomQuery(random, 300);
                    int k = KS[random.nextInt(KS.length)];
                    String what = "round " + round + ", query " + i + ", k=" + k + Seed.describe();
                    Expected expected = expected(corpus, QueryPlan.of(query, reader.fields()), k);
                    for (Searcher searcher : searchers) {
                        assertEquals(expected, actual(reader, searcher.search(query, k)), what);
                    }
                }
            }
        }
    }

    @Test
    void wholeWeightsScoreTheIntegerDotProduct() throws IOException {
        Random random = Seed.random(4);
        Corpus corpus = Corpus.random(random, 500, 80);
        try (IndexReader reader = corpus.index(directory.resolve("index"))) {
            Searcher searcher = new Searcher(reader);
            for (int i = 0; i < 50; i++) {
                SparseVector vector = Corpus.vector(random, 100, 60, u -> 1 + (int) (u * 255));
                TopDocs topDocs = searcher.search(SparseQuery.of("whole", vector), 500);
                for (Hit hit : topDocs.hits()) {
                    int dotProduct = 0;
                    for (int t = 0; t < vector.size(); t++) {
                        dotProduct +=
                                Math.round(vector.weight(t)) * corpus.impact(hit.docId(), "whole", vector.token(t));
                    }
                    assertEquals(dotProduct, hit.score(), "query " + i + Seed.describe());
                }
            }
        }
    }

    @Test
    void tiesKeepTheOrderOfInsertionAtEveryK() throws IOException {
        Corpus corpus = new Corpus();
        for (int i = 0; i < 5_000; i++) {
            corpus.add("whole", SparseVector.of(Map.of("all", 7, i % 3 == 0 ? "third" : "other", 1)));
        }
        SparseQuery query = SparseQuery.of("whole", SparseVector.of(Map.of("all", 2, "third", 1)));
        try (IndexReader reader = corpus.index(directory.resolve("index"))) {
            Searcher searcher = new Searcher(reader);
            for (int k : new int[] {1, 2, 127, 128, 1_666, 1_667, 1_668, 4_999, 5_000, 5_001}) {
                Expected expected = expected(corpus, QueryPlan.of(query, reader.fields()), k);
                assertEquals(expected, actual(reader, searcher.search(query, k)), "k=" + k);
            }
        }
    }

    @Test
    void largestWeightsDoNotOverflow() throws IOException {
        int tokenCount = 8_000;
        String[] tokens = IntStream.range(0, tokenCount).mapToObj(i -> "t" + i).toArray(String[]::new);
        float[] weights = new float[tokenCount];
        Arrays.fill(weights, 255);
        Corpus corpus = new Corpus();
        corpus.add("whole", SparseVector.of(tokens, weights));
        try (IndexReader reader = corpus.index(directory.resolve("index"))) {
            Searcher searcher = new Searcher(reader);
            SparseQuery whole = SparseQuery.of("whole", SparseVector.of(tokens, weights));
            assertEquals(
                    255.0 * 255 * tokenCount,
                    searcher.search(whole, 1).hits().getFirst().score());
            Arrays.fill(weights, .7f);
            SparseQuery fractions = SparseQuery.of("whole", SparseVector.of(tokens, weights));
            double exact = .7 * 255 * tokenCount;
            assertEquals(exact, searcher.search(fractions, 1).hits().getFirst().score(), exact / 1_000);
        }
    }

    @Test
    void findsNothingWhereThereIsNothing() throws IOException {
        SparseQuery query = SparseQuery.of("whole", SparseVector.of(Map.of("t", 1)));
        try (IndexReader empty = new Corpus().index(directory.resolve("empty"))) {
            assertEquals(new TopDocs(List.of(), 0, true), new Searcher(empty).search(query, 10));
        }
        Corpus corpus = new Corpus();
        corpus.add("whole", SparseVector.of(Map.of("other", 1)));
        corpus.add("whole", SparseVector.EMPTY);
        try (IndexReader reader = corpus.index(directory.resolve("index"))) {
            Searcher searcher = new Searcher(reader);
            assertEquals(new TopDocs(List.of(), 0, true), searcher.search(query, 10));
            assertEquals(new TopDocs(List.of(), 0, true), searcher.search(new SparseQuery(List.of()), 10));
            assertEquals(
                    new TopDocs(List.of(), 0, true), searcher.search(SparseQuery.of("whole", SparseVector.EMPTY), 10));
        }
    }

    @Test
    void refusesWhatIsBeyondItsLimits() throws IOException {
        try (IndexReader reader = new Corpus().index(directory.resolve("index"))) {
            Searcher searcher = new Searcher(reader);
            SparseQuery query = SparseQuery.of("whole", SparseVector.of(Map.of("t", 1)));
            for (int k : new int[] {-1, 0, Searcher.MAX_K + 1}) {
                IllegalArgumentException e =
                        assertThrows(IllegalArgumentException.class, () -> searcher.search(query, k));
                assertEquals("k must be in 1..10000, got " + k, e.getMessage());
            }
            SparseVector half = SparseVector.of(
                    IntStream.range(0, 4_097).mapToObj(i -> "t" + i).toArray(String[]::new), ones(4_097));
            SparseQuery tooLong = new SparseQuery(List.of(new Clause("a", half, 1), new Clause("b", half, 1)));
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> searcher.search(tooLong, 1));
            assertEquals("a query may have 8192 tokens, all clauses together, got 8194", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> searcher.explain(query, List.of(new Hit(0, 5, 1))));
            assertThrows(IllegalArgumentException.class, () -> searcher.explain(query, List.of(new Hit(-1, 0, 1))));
        }
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        Random random = Seed.random(5);
        Corpus corpus = Corpus.random(random, 3_000, 200);
        try (IndexReader reader = corpus.index(directory.resolve("index"));
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Searcher searcher = new Searcher(reader);
            List<SparseQuery> queries = IntStream.range(0, 40)
                    .mapToObj(i -> randomQuery(random, 200))
                    .toList();
            List<TopDocs> alone =
                    queries.stream().map(query -> searcher.search(query, 50)).toList();
            Callable<List<TopDocs>> all = () ->
                    queries.stream().map(query -> searcher.search(query, 50)).toList();
            for (Future<List<TopDocs>> together : threads.invokeAll(List.of(all, all, all, all, all, all))) {
                assertEquals(alone, together.get(), "threads" + Seed.describe());
            }
        }
    }
}
