package io.skiff.server.ingest;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Runs pieces of work on several threads and hands their results on, on the caller's thread, in the order in which the
 * work came. At most two pieces a thread are under way or waiting to be handed on. With one thread, all of it runs on
 * the caller's.
 */
public final class InOrder<T> implements AutoCloseable {
    /** Takes a result. */
    @FunctionalInterface
    public interface Sink<T> {
        /** Takes the next result. */
        void accept(T result) throws IOException;
    }

    private static final int PIECES_PER_THREAD = 2;

    private final int mostUnderWay;
    private final Sink<T> sink;
    private final ExecutorService executor;
    private final Deque<Future<T>> underWay = new ArrayDeque<>();

    /** With that many threads, at least 1. */
    public InOrder(int threadCount, Sink<T> sink) {
        this.mostUnderWay = threadCount > 1 ? PIECES_PER_THREAD * threadCount : 1;
        this.sink = sink;
        this.executor = threadCount > 1
                ? Executors.newFixedThreadPool(
                        threadCount,
                        Thread.ofPlatform().daemon().name("skiff-worker-", 0).factory())
                : null;
    }

    /** Starts a piece of work; hands on earlier results while too many are waiting. */
    public void submit(Callable<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(work);
        underWay.add(task);
        if (executor == null) {
            task.run();
        } else {
            executor.execute(task);
        }
        while (underWay.size() >= mostUnderWay) {
            handOn();
        }
    }

    /** Waits for all work and hands on its results. */
    public void finish() throws IOException {
        while (!underWay.isEmpty()) {
            handOn();
        }
    }

    private void handOn() throws IOException {
        try {
            sink.accept(underWay.remove().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Drops what has not been handed on. */
    @Override
    public void close() {
        underWay.clear();
        if (executor != null) {
            executor.shutdownNow();
        }
    }
}
