package io.skiff.scoring;

import java.util.function.BooleanSupplier;

/** Says when a search is to end early: at a deadline, or when its caller has lost interest. Safe for several threads. */
final class StopSignal {
    private final boolean hasDeadline;
    private final long deadlineNanos;
    private final BooleanSupplier cancelled;
    private volatile boolean stopped;

    private StopSignal(boolean hasDeadline, long deadlineNanos, BooleanSupplier cancelled) {
        this.hasDeadline = hasDeadline;
        this.deadlineNanos = deadlineNanos;
        this.cancelled = cancelled;
    }

    /** The signal for a search that starts now. */
    static StopSignal of(SearchOptions options) {
        // Clamped: the longest durations have no nanoseconds in a long, and half of them would wrap around.
        long nanos = options.timeout()
                .map(timeout -> timeout.toSeconds() > Integer.MAX_VALUE ? Long.MAX_VALUE / 2 : timeout.toNanos())
                .orElse(0L);
        return new StopSignal(
                options.timeout().isPresent(),
                System.nanoTime() + nanos,
                options.cancelled().orElse(null));
    }

    /** Never. */
    static StopSignal never() {
        return new StopSignal(false, 0, null);
    }

    /** Whether to stop; once true, true for ever. Costs some 20 ns if there is a deadline. */
    boolean shouldStop() {
        if (!stopped && ((cancelled != null && cancelled.getAsBoolean()) || (hasDeadline && isPast()))) {
            stopped = true;
        }
        return stopped;
    }

    /** Whether it has told anybody to stop. */
    boolean hasStopped() {
        return stopped;
    }

    private boolean isPast() {
        return System.nanoTime() - deadlineNanos >= 0;
    }
}
