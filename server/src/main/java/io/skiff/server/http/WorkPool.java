package io.skiff.server.http;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that do the work of a {@link io.skiff.server.rest.Lane}, and the bounded queue before them. */
final class WorkPool {
    private final String work;
    private final ThreadPoolExecutor executor;
    private final int queueCapacity;
    private final Runnable onReject;

    /**
     * A pool.
     *
     * @param work one piece of what it does, in a word, for the names of threads and for messages
     */
    WorkPool(String work, int threads, int queueCapacity, Runnable onReject) {
        this.work = work;
        this.onReject = onReject;
        this.queueCapacity = queueCapacity;
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queueCapacity),
                Thread.ofPlatform().name("skiff-" + work + "-", 0).daemon().factory());
    }

    /**
     * Has a thread run {@code task} soon.
     *
     * @throws RejectedExecutionException if too many wait already, or the pool is closing; the message is for the
     *     client
     */
    void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            onReject.run();
            throw new RejectedExecutionException(
                    executor.isShutdown()
                            ? "rejected execution of a " + work + ": the server is stopping"
                            : "rejected execution of a " + work + ": all " + executor.getMaximumPoolSize() + " " + work
                                    + " threads are busy and " + queueCapacity
                                    + " requests wait already (queue capacity " + queueCapacity + ")",
                    e);
        }
    }

    /** Threads at work. */
    int active() {
        return executor.getActiveCount();
    }

    /** What waits for a thread. */
    int waiting() {
        return executor.getQueue().size();
    }

    /** Takes no more work and waits for what it has; false if some of it still runs at the end of the time. */
    boolean close(Duration patience) {
        executor.shutdown();
        try {
            return executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
