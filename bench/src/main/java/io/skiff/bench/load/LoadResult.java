package io.skiff.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What a phase of load came to.
 *
 * @param answers requests answered with status 200 and no error in it
 * @param errors requests that were not, or not in time
 * @param seconds from the first to the last
 * @param nanos times of the answers, in nanoseconds
 */
record LoadResult(long answers, long errors, double seconds, Histogram nanos) {
    private static final long HIGHEST_NANOS = 120_000_000_000L;
    private static final double MICRO_NANOS = 1e3;

    /** An empty histogram with three significant digits. */
    static Histogram histogram() {
        return new Histogram(HIGHEST_NANOS, 3);
    }

    static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(HIGHEST_NANOS, Math.max(0, nanos)));
    }

    double perSecond() {
        return answers / seconds;
    }

    /** @param percentile from 0 to 100 */
    double micros(double percentile) {
        return nanos.getValueAtPercentile(percentile) / MICRO_NANOS;
    }

    double maxMicros() {
        return nanos.getMaxValue() / MICRO_NANOS;
    }
}
