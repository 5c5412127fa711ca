package io.skiff.bench.harness;

import io.skiff.bench.quality.Evaluation;
import java.util.Arrays;

/**
 * What one configuration does on one collection.
 *
 * @param collection its name
 * @param configuration its name
 * @param evaluation all metrics, query by query
 * @param latency how long the same queries take
 */
record QualityResult(String collection, String configuration, Evaluation evaluation, Latency latency) {
    /**
     * Times over the queries, of each its fastest of some rounds, from its vectors to its hits.
     *
     * @param meanMicros mean
     * @param p50Micros median
     * @param p95Micros 95th percentile, nearest rank
     * @param p99Micros 99th percentile, nearest rank
     */
    record Latency(double meanMicros, double p50Micros, double p95Micros, double p99Micros) {
        private static final double MICRO_NANOS = 1e3;

        static Latency of(long[] nanos) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return new Latency(
                    Arrays.stream(sorted).average().orElse(Double.NaN) / MICRO_NANOS,
                    percentile(sorted, .5),
                    percentile(sorted, .95),
                    percentile(sorted, .99));
        }

        private static double percentile(long[] sorted, double share) {
            return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1] / MICRO_NANOS;
        }
    }
}
