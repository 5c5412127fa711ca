package io.skiff.bench.search;

import java.io.PrintWriter;

/** Says on stderr, every few seconds, how far a long task is. */
final class ProgressLines {
    private static final long INTERVAL_NANOS = 3_000_000_000L;

    private final PrintWriter out;
    private final String task;
    private final long total;
    private final long startNanos = System.nanoTime();
    private long lastNanos = startNanos;

    ProgressLines(PrintWriter out, String task, long total) {
        this.out = out;
        this.task = task;
        this.total = total;
    }

    void at(long position) {
        long now = System.nanoTime();
        if (now - lastNanos > INTERVAL_NANOS) {
            lastNanos = now;
            double seconds = (now - startNanos) / 1e9;
            out.printf(
                    "%s: %,d of %,d, %,.1f/s, %.0f s left%n",
                    task, position, total, position / seconds, (total - position) * seconds / position);
        }
    }

    void done() {
        out.printf("%s: %,d done in %.1f s%n", task, total, (System.nanoTime() - startNanos) / 1e9);
    }
}
