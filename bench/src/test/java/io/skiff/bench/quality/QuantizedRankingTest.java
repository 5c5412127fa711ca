package io.skiff.bench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.IndexReader;
import io.skiff.index.Quantizer;
import io.skiff.index.SparseVector;
import io.skiff.scoring.Hit;
import io.skiff.scoring.Searcher;
import io.skiff.scoring.SparseQuery;
import io.skiff.server.ingest.IndexJob;
import io.skiff.server.ingest.IndexOptions;
import io.skiff.server.ingest.InputFormat;
import io.skiff.server.ingest.InputRecord;
import io.skiff.server.ingest.LineSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real SPLADE vectors (the toy set of TusKANNy/seismic): a search gives the ranking of brute force over the quantized
 * weights, computed here from the rules in {@code scoring/ALGORITHM.md}.
 */
class QuantizedRankingTest {
    private static final int LARGEST_QUERY_WEIGHT = (1 << 16) - 1;
    private static final int TOP = 10;

    @TempDir
    Path folder;

    @Test
    void aSearchIsBruteForceOverQuantizedWeights(TestReporter reporter) throws IOException {
        List<InputRecord> documents = read("seismic_toy_documents.jsonl");
        List<InputRecord> queries = read("seismic_toy_queries.jsonl");
        Path index = folder.resolve("index");
        try (LineSource source = open("seismic_toy_documents.jsonl")) {
            IndexJob.run(source, new IndexOptions(index, false, Optional.empty(), 1, false), (from, count) -> {});
        }
        int different = 0;
        try (IndexReader reader = IndexReader.open(index)) {
            Quantizer quantizer =
                    reader.field(IndexJob.VECTOR_FIELD).orElseThrow().quantizer();
            Searcher searcher = new Searcher(reader);
            for (InputRecord query : queries) {
                SparseVector vector = query.vector().orElseThrow();
                long[] exact = new long[documents.size()];
                double[] unquantized = new double[documents.size()];
                for (int i = 0; i < exact.length; i++) {
                    Map<String, Float> weights =
                            weights(documents.get(i).vector().orElseThrow());
                    exact[i] = quantizedScore(vector, weights, quantizer);
                    unquantized[i] = floatScore(vector, weights);
                }
                List<Integer> expected = ranking(exact.length, i -> exact[i]);
                List<Integer> found =
                        searcher.search(SparseQuery.of(IndexJob.VECTOR_FIELD, vector), documents.size()).hits().stream()
                                .map(Hit::docId)
                                .toList();
                assertEquals(expected, found, query.id());
                List<Integer> byFloats = ranking(exact.length, i -> unquantized[i]);
                different += top(byFloats).equals(top(expected)) ? 0 : 1;
            }
        }
        reporter.publishEntry(
                "queries whose top " + TOP + " differs from that of unquantized weights",
                different + " of " + queries.size());
        assertTrue(different < queries.size(), "one byte a weight keeps most rankings");
    }

    private static List<Integer> top(List<Integer> ranking) {
        return ranking.subList(0, Math.min(TOP, ranking.size()));
    }

    /** The documents with a score above 0, best first, ties in order. */
    private static List<Integer> ranking(int count, java.util.function.IntToDoubleFunction score) {
        return IntStream.range(0, count)
                .filter(i -> score.applyAsDouble(i) > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -score.applyAsDouble(i)))
                .toList();
    }

    private static long quantizedScore(SparseVector query, Map<String, Float> document, Quantizer quantizer) {
        double largest = 0;
        for (int i = 0; i < query.size(); i++) {
            largest = Math.max(largest, (double) query.weight(i) * quantizer.scale());
        }
        double step = Math.scalb(1.0, -60);
        while (Math.rint(largest / step) > LARGEST_QUERY_WEIGHT) {
            step *= 2;
        }
        long score = 0;
        for (int i = 0; i < query.size(); i++) {
            Float weight = document.get(query.token(i));
            if (weight != null) {
                double effective = (double) query.weight(i) * quantizer.scale();
                score += Math.max(1, Math.round(effective / step)) * quantizer.impact(weight);
            }
        }
        return score;
    }

    private static double floatScore(SparseVector query, Map<String, Float> document) {
        double score = 0;
        for (int i = 0; i < query.size(); i++) {
            score += (double) query.weight(i) * document.getOrDefault(query.token(i), 0f);
        }
        return score;
    }

    private static Map<String, Float> weights(SparseVector vector) {
        Map<String, Float> weights = new HashMap<>();
        for (int i = 0; i < vector.size(); i++) {
            weights.put(vector.token(i), vector.weight(i));
        }
        return weights;
    }

    private static LineSource open(String name) throws IOException {
        Path file = SharedData.find("data/sparse_docs/" + name);
        Assumptions.assumeTrue(file != null, "skipped: no shared/data/sparse_docs beside the checkout");
        return LineSource.open(List.of(file.toString()), Optional.of(InputFormat.VECTORS))
                .source();
    }

    private static List<InputRecord> read(String name) throws IOException {
        List<InputRecord> records = new ArrayList<>();
        try (LineSource source = open(name)) {
            for (Optional<InputRecord> next = source.next(); next.isPresent(); next = source.next()) {
                records.add(next.get());
            }
        }
        return records;
    }
}
