package io.skiff.index.live;

import io.skiff.index.LowPriority;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A thread that does something when it is asked to, or at intervals, until it is stopped. What fails is tried again after
 * a while.
 */
final class BackgroundWork {
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What is done. */
    interface Work {
        void run() throws IOException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Work work;
    private final Thread thread;
    private long intervalNanos;
    private boolean asked;
    private volatile boolean stopping;
    private volatile IOException failure;

    /**
     * Starts the thread.
     *
     * @param intervalNanos between two runs that nobody asked for; zero or negative for none
     * @param nice how much it leaves to others, as {@link LowPriority} has it
     */
    BackgroundWork(String name, long intervalNanos, int nice, Work work) {
        this.work = work;
        this.intervalNanos = intervalNanos;
        this.thread = Thread.ofPlatform().name(name).daemon().start(() -> {
            LowPriority.take(nice);
            run();
        });
    }

    /** Changes the interval, counted from the run before. */
    void every(long nanos) {
        lock.lock();
        try {
            intervalNanos = nanos;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asks for a run soon. */
    void wake() {
        lock.lock();
        try {
            asked = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether what runs should end, and nothing will run. */
    boolean isStopping() {
        return stopping;
    }

    /** Why the last run failed, or null if it did not. */
    IOException failure() {
        return failure;
    }

    private void run() {
        while (await()) {
            try {
                work.run();
                failure = null;
            } catch (CancellationException e) {
                return;
            } catch (IOException e) {
                failure = e;
            } catch (RuntimeException | Error e) {
                failure = new IOException("background work on the index failed: " + e, e);
            }
            if (failure != null && !pause()) {
                return;
            }
        }
    }

    /** Waits until there is something to do; false if it is to end. */
    private boolean await() {
        lock.lock();
        try {
            long start = System.nanoTime();
            while (!stopping && !asked) {
                long left = start + intervalNanos - System.nanoTime();
                if (intervalNanos <= 0) {
                    changed.await();
                } else if (left <= 0 || changed.awaitNanos(left) <= 0) {
                    break;
                }
            }
            asked = false;
        } catch (InterruptedException e) {
            return !stopping; // nobody has a reason to interrupt this thread
        } finally {
            lock.unlock();
        }
        return !stopping;
    }

    private boolean pause() {
        lock.lock();
        try {
            long left = RETRY_NANOS;
            while (!stopping && left > 0) {
                left = changed.awaitNanos(left);
            }
            asked = true;
        } catch (InterruptedException e) {
            return !stopping;
        } finally {
            lock.unlock();
        }
        return !stopping;
    }

    /** Ends the thread after what runs, and waits for it. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
