package io.skiff.index;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs numbered tasks on several threads and hands over their results in order, a few of them waiting at most. */
final class OrderedTasks implements AutoCloseable {
    /** The task of a number. */
    interface Task<R> {
        R run(int number) throws IOException;
    }

    /** Told the results from the first to the last, on the calling thread. */
    interface Consumer<R> {
        void accept(int number, R result) throws IOException;
    }

    private final int threads;
    private final ExecutorService executor;

    /** One thread is the caller's own. */
    OrderedTasks(int threads) {
        this.threads = threads;
        this.executor = threads == 1
                ? null
                : Executors.newFixedThreadPool(
                        threads,
                        Thread.ofPlatform().daemon().name("skiff-build-", 0).factory());
    }

    int threads() {
        return threads;
    }

    /** Runs tasks 0 to {@code count}, exclusive. */
    <R> void run(int count, Task<R> task, Consumer<R> consumer) throws IOException {
        if (executor == null) {
            for (int number = 0; number < count; number++) {
                consumer.accept(number, task.run(number));
            }
            return;
        }
        ArrayDeque<Future<R>> running = new ArrayDeque<>();
        int next = 0;
        for (int number = 0; number < count; number++) {
            for (; next < count && next <= number + threads; next++) {
                int submitted = next;
                running.add(executor.submit(() -> task.run(submitted)));
            }
            consumer.accept(number, resultOf(running.remove()));
        }
    }

    private static <R> R resultOf(Future<R> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the build was interrupted").initCause(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw new IOException(io.getMessage(), io);
                case UncheckedIOException io -> throw new IOException(io.getMessage(), io);
                case Error error -> throw error;
                case RuntimeException cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Waits for tasks that run still, which after a failure are of no more use. */
    @Override
    public void close() {
        if (executor != null) {
            executor.shutdownNow();
            executor.close();
        }
    }
}
