package io.skiff.bench.harness;

import io.skiff.bench.harness.QualityResult.Latency;
import io.skiff.bench.quality.Evaluation;
import io.skiff.bench.quality.Metric;
import io.skiff.bench.quality.Run;
import io.skiff.scoring.Hit;
import io.skiff.server.cli.ProgressDisplay;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Searches a collection by every configuration and measures what is found and how long it takes.
 *
 * @param configurations at least one
 * @param metrics at least one
 * @param level the lowest grade that counts as relevant
 * @param warmUpRounds rounds over all queries before the clock runs
 * @param rounds timed rounds, at least one
 */
record QualityBench(List<Configuration> configurations, List<Metric> metrics, int level, int warmUpRounds, int rounds) {
    private static final int LARGEST_DEPTH = 1_000;

    /** Hits asked for: as deep as the deepest metric looks, of those without a limit {@value #LARGEST_DEPTH}. */
    int k() {
        return metrics.stream()
                .mapToInt(metric -> Math.min(metric.depth(), LARGEST_DEPTH))
                .max()
                .orElseThrow();
    }

    List<QualityResult> run(PreparedCollection collection, PrintWriter err) {
        List<ConfiguredSearch> searches = configurations.stream()
                .map(configuration -> new ConfiguredSearch(collection.collection(), configuration, k()))
                .toList();
        long[][] nanos = time(collection, searches, err);
        List<QualityResult> results = new ArrayList<>();
        for (int i = 0; i < searches.size(); i++) {
            String name = searches.get(i).configuration().name();
            Run run = new Run(name, rankings(collection, searches.get(i)));
            Evaluation evaluation = Evaluation.of(collection.qrels(), run, metrics, true, level);
            results.add(new QualityResult(collection.name(), name, evaluation, Latency.of(nanos[i])));
        }
        return results;
    }

    private static Map<String, List<String>> rankings(PreparedCollection collection, ConfiguredSearch search) {
        Map<String, List<String>> rankings = new HashMap<>();
        for (PreparedQuery query : collection.queries()) {
            List<Hit> hits = search.search(query).hits();
            rankings.put(
                    query.id(),
                    hits.stream().map(collection.collection()::documentId).toList());
        }
        return rankings;
    }

    /** In every round each configuration takes all queries once, and another one starts: a drift hits all alike. */
    private long[][] time(PreparedCollection collection, List<ConfiguredSearch> searches, PrintWriter err) {
        int queryCount = collection.queries().size();
        long[][] fastest = new long[searches.size()][queryCount];
        for (long[] nanos : fastest) {
            Arrays.fill(nanos, Long.MAX_VALUE);
        }
        int total = warmUpRounds + rounds;
        try (ProgressDisplay display =
                ProgressDisplay.start(err, collection.name() + ": searching", OptionalLong.of(total), "rounds")) {
            for (int round = 0; round < total; round++) {
                for (int turn = 0; turn < searches.size(); turn++) {
                    int i = (turn + round) % searches.size();
                    for (int q = 0; q < queryCount; q++) {
                        long start = System.nanoTime();
                        Object hits =
                                searches.get(i).search(collection.queries().get(q));
                        long elapsed = System.nanoTime() - start;
                        Objects.requireNonNull(hits);
                        if (round >= warmUpRounds) {
                            fastest[i][q] = Math.min(fastest[i][q], elapsed);
                        }
                    }
                }
                display.update(round + 1L, (round + 1) + " rounds");
            }
        }
        return fastest;
    }
}
