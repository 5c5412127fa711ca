package io.skiff.server.cli;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long some queries took, each on its own and all together.
 *
 * @param k hits asked for
 * @param threadCount threads that searched
 * @param sortedNanos one time for each query, ascending
 * @param wallNanos from the first query's start to the last one's end
 */
record LatencyReport(int k, int threadCount, long[] sortedNanos, long wallNanos) {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Of times in any order. */
    static LatencyReport of(int k, int threadCount, long[] nanos, long wallNanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new LatencyReport(k, threadCount, sorted, wallNanos);
    }

    double meanMicros() {
        return Arrays.stream(sortedNanos).average().orElse(0) / NANOS_PER_MICRO;
    }

    /** The time that a share of the queries did not exceed (nearest rank). */
    double percentileMicros(double share) {
        if (sortedNanos.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(share * sortedNanos.length);
        return sortedNanos[Math.max(1, rank) - 1] / NANOS_PER_MICRO;
    }

    double queriesPerSecond() {
        return sortedNanos.length * NANOS_PER_SECOND / Math.max(1, wallNanos);
    }

    /** One line of JSON. */
    String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"queries\":%d,\"k\":%d,\"threads\":%d,\"mean_us\":%.1f,\"p50_us\":%.1f,\"p95_us\":%.1f,"
                        + "\"p99_us\":%.1f,\"qps\":%.1f}",
                sortedNanos.length,
                k,
                threadCount,
                meanMicros(),
                percentileMicros(0.5),
                percentileMicros(0.95),
                percentileMicros(0.99),
                queriesPerSecond());
    }
}
