package io.skiff.server.http;

import io.skiff.index.live.LowPriority;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that do the work of a {@link io.skiff.server.rest.Lane}, and the bounded queue before them.
 *
 * <p>A pool of the kind that wakes the thread which went to sleep last: on one connection searches then stay on one
 * processor, whose caches know them. With threads that take turns an answer came 35 us later.
 */
final class WorkPool {
    private final String work;
    private final int threads;
    private final int queueCapacity;
    private final Runnable onReject;
    private final ForkJoinPool pool;

    /**
     * What waits, in its order. The pool has a queue for each event loop, and its threads stay with one for as long as
     * there is something in it: half of 256 busy connections would wait for seconds.
     */
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** What was taken in and is not done. */
    private final AtomicInteger admitted = new AtomicInteger();

    private static final class Worker extends ForkJoinWorkerThread {
        private final int nice;

        Worker(ForkJoinPool pool, int nice) {
            super(pool);
            this.nice = nice;
        }

        @Override
        protected void onStart() {
            if (nice > 0) {
                LowPriority.take(nice);
            }
        }
    }

    /**
     * A pool.
     *
     * @param work one piece of what it does, in a word, for the names of threads and for messages
     * @param nice how much it leaves to others, 0 for nothing
     */
    WorkPool(String work, int threads, int queueCapacity, int nice, Runnable onReject) {
        this.work = work;
        this.threads = threads;
        this.onReject = onReject;
        this.queueCapacity = queueCapacity;
        AtomicInteger started = new AtomicInteger();
        pool = new ForkJoinPool(
                threads,
                owner -> {
                    ForkJoinWorkerThread thread = new Worker(owner, nice);
                    thread.setName("skiff-" + work + "-" + started.getAndIncrement());
                    return thread;
                },
                null,
                true,
                threads,
                threads,
                0,
                // Whoever waits for another thread's work waits: nobody is hired in the meantime.
                saturated -> true,
                1,
                TimeUnit.DAYS);
    }

    /**
     * Has a thread run {@code task} soon.
     *
     * @throws RejectedExecutionException if too many wait already, or the pool is closing; the message is for the
     *     client
     */
    void execute(Runnable task) {
        if (admitted.incrementAndGet() > threads + queueCapacity) {
            throw refusal(
                    "all " + threads + " " + work + " threads are busy and " + queueCapacity
                            + " requests wait already (queue capacity " + queueCapacity + ")",
                    null);
        }
        try {
            tasks.add(task);
            pool.execute(this::runWaiting);
        } catch (RejectedExecutionException e) {
            if (tasks.remove(task)) {
                throw refusal("the server is stopping", e);
            }
        }
    }

    private void runWaiting() {
        for (Runnable task; (task = tasks.poll()) != null; ) {
            try {
                task.run();
            } finally {
                admitted.decrementAndGet();
            }
        }
    }

    private RejectedExecutionException refusal(String reason, RejectedExecutionException cause) {
        admitted.decrementAndGet();
        onReject.run();
        return new RejectedExecutionException("rejected execution of a " + work + ": " + reason, cause);
    }

    /** Threads at work. */
    int active() {
        return Math.min(admitted.get(), threads);
    }

    /** What waits for a thread. */
    int waiting() {
        return Math.max(admitted.get() - threads, 0);
    }

    /** Takes no more work and waits for what it has; false if some of it still runs at the end of the time. */
    boolean close(Duration patience) {
        pool.shutdown();
        try {
            return pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
