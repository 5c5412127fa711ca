package io.skiff.server.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** One line every few seconds, the first only when the work turns out to be long. */
final class ProgressLines implements ProgressDisplay {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintWriter err;
    private final String task;
    private final OptionalLong length;
    private final LongSupplier clock;
    private final long startNanos;
    private long nextNanos;

    ProgressLines(PrintWriter err, String task, OptionalLong length) {
        this(err, task, length, System::nanoTime);
    }

    ProgressLines(PrintWriter err, String task, OptionalLong length, LongSupplier clock) {
        this.err = err;
        this.task = task;
        this.length = length;
        this.clock = clock;
        this.startNanos = clock.getAsLong();
        this.nextNanos = startNanos + INTERVAL_NANOS;
    }

    @Override
    public void update(long position, String note) {
        long now = clock.getAsLong();
        if (now - nextNanos < 0) {
            return;
        }
        nextNanos = now + INTERVAL_NANOS;
        double seconds = (now - startNanos) / NANOS_PER_SECOND;
        StringBuilder line = new StringBuilder(task).append(": ").append(note);
        if (length.isPresent() && position > 0 && position < length.getAsLong()) {
            double share = (double) position / length.getAsLong();
            line.append(String.format(Locale.ROOT, ", %.0f %%, %.0f s left", 100 * share, seconds / share - seconds));
        }
        line.append(String.format(Locale.ROOT, " (after %.0f s)", seconds));
        err.println(line);
    }

    @Override
    public void close() {
        err.flush();
    }
}
