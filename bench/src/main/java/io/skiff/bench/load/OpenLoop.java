package io.skiff.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * Requests come at a rate, at random moments as those of independent users do, whether or not earlier ones have been
 * answered. Times are from when a request was due: one that has to wait for a free connection, or for a server that
 * stalls, has waited since then.
 *
 * @param request the one of a number, from 0
 * @param accepted whether an answer of status 200 is as wanted
 * @param connections requests that can be under way at a time
 * @param perSecond requests that are due in a second, on the mean
 */
record OpenLoop(
        Target target,
        IntFunction<ByteBuffer> request,
        Predicate<HttpConnection> accepted,
        int connections,
        double perSecond) {
    private static final long SEED = 20_251_125;

    /** How long before its time a client stops to sleep and watches the clock: sleeping ends late. */
    private static final long WATCH_NANOS = 100_000;

    /** How far behind its time a request may be before the rest is given up. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    LoadResult run(Duration length) throws IOException {
        long[] dueNanos = schedule(length);
        AtomicInteger next = new AtomicInteger();
        return Clients.run(target, connections, (connection, start) -> {
            Histogram nanos = LoadResult.histogram();
            long errors = 0;
            for (int i = next.getAndIncrement(); i < dueNanos.length; i = next.getAndIncrement()) {
                long due = start + dueNanos[i];
                waitUntil(due);
                if (System.nanoTime() - due > PATIENCE_NANOS) {
                    errors++;
                    continue;
                }
                int status = connection.exchange(request.apply(i));
                long elapsed = System.nanoTime() - due;
                if (status == 200 && accepted.test(connection)) {
                    LoadResult.record(nanos, elapsed);
                } else {
                    errors++;
                }
            }
            return new Clients.Tally(nanos.getTotalCount(), errors, nanos);
        });
    }

    /** Exponential gaps, the same ones in every run. */
    private long[] schedule(Duration length) {
        SplittableRandom random = new SplittableRandom(SEED);
        long[] due = new long[(int) Math.max(1, Math.round(perSecond * length.toNanos() / 1e9))];
        double at = 0;
        for (int i = 0; i < due.length; i++) {
            at -= Math.log(1 - random.nextDouble()) / perSecond * 1e9;
            due[i] = (long) at;
        }
        return due;
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > WATCH_NANOS) {
                LockSupport.parkNanos(left - WATCH_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
