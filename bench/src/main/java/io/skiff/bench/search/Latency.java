package io.skiff.bench.search;

import java.util.Arrays;

/**
 * Times of one system at one k, each query's being its fastest of all rounds.
 *
 * @param system which system
 * @param k hits asked for
 * @param meanMicros mean over the queries
 * @param p50Micros median
 * @param p95Micros 95th percentile
 * @param p99Micros 99th percentile
 * @param recall share of the best k that it found, on the mean; 1 for exact systems, which is checked
 * @param scoredBlockShare share of blocks whose documents were scored, on the mean; NaN if it has no blocks
 * @param allocatedBytes bytes allocated on the heap per query in the last round, result included
 */
record Latency(
        String system,
        int k,
        double meanMicros,
        double p50Micros,
        double p95Micros,
        double p99Micros,
        double recall,
        double scoredBlockShare,
        long allocatedBytes) {
    private static final double MICRO_NANOS = 1e3;

    static Latency of(BenchSystem system, int k, long[] fastestNanos, long allocatedBytes) {
        long[] sorted = fastestNanos.clone();
        Arrays.sort(sorted);
        return new Latency(
                system.name(),
                k,
                Arrays.stream(sorted).average().orElseThrow() / MICRO_NANOS,
                percentile(sorted, .5),
                percentile(sorted, .95),
                percentile(sorted, .99),
                1,
                Double.NaN,
                allocatedBytes / sorted.length);
    }

    /** The same with what was found out beside the clock. */
    Latency with(double foundShare, double blockShare) {
        return new Latency(
                system, k, meanMicros, p50Micros, p95Micros, p99Micros, foundShare, blockShare, allocatedBytes);
    }

    /** Nearest rank. */
    private static double percentile(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / MICRO_NANOS;
    }
}
