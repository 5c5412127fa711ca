package io.skiff.encoder.onnx;

import io.skiff.encoder.EncodingException;
import io.skiff.index.SparseVector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Puts queries that come at the same time into one run of the model. One thread runs batches one after the other; whoever
 * comes while it is busy waits in a bounded queue and shares the next run. Safe for use by several threads.
 */
final class QueryBatcher implements AutoCloseable {
    /** Batches that may wait; callers beyond wait for room. */
    private static final int WAITING_BATCHES = 8;

    private final QueryOptions options;
    private final Function<List<long[]>, List<SparseVector>> model;
    private final BlockingQueue<Waiting> queue;
    private final Thread runner;
    private volatile boolean closed;

    /** A query's token ids, and where its vector is awaited. */
    private record Waiting(long[] ids, CompletableFuture<SparseVector> vector) {}

    /**
     * Starts the thread.
     *
     * @param model from token ids, none empty, to vectors in their order
     */
    QueryBatcher(QueryOptions options, Function<List<long[]>, List<SparseVector>> model) {
        this.options = options;
        this.model = model;
        this.queue = new ArrayBlockingQueue<>(WAITING_BATCHES * options.largestBatch());
        this.runner = Thread.ofPlatform().daemon().name("skiff-query-encoder").start(this::runBatches);
    }

    /**
     * The vector of a query; waits for it.
     *
     * @throws EncodingException if the model fails or the thread is interrupted
     */
    SparseVector encode(long[] ids) {
        Waiting waiting = new Waiting(ids, new CompletableFuture<>());
        try {
            queue.put(waiting);
            if (closed) {
                failWaiting();
            }
            return waiting.vector().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EncodingException("encoding was interrupted", EncodingException.NO_TEXT, e);
        } catch (ExecutionException e) {
            // A copy with this caller's stack: the original may go to several.
            String problem = e.getCause() instanceof EncodingException known
                    ? known.problem()
                    : e.getCause().toString();
            throw new EncodingException(problem, EncodingException.NO_TEXT, e.getCause());
        }
    }

    private void runBatches() {
        try {
            while (!closed) {
                run(nextBatch());
            }
        } catch (InterruptedException e) {
            // Closed: nobody is told more than that.
            Thread.currentThread().interrupt();
        } finally {
            failWaiting();
        }
    }

    private List<Waiting> nextBatch() throws InterruptedException {
        List<Waiting> batch = new ArrayList<>(options.largestBatch());
        batch.add(queue.take());
        long deadline = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(options.longestWaitMicros());
        queue.drainTo(batch, options.largestBatch() - batch.size());
        while (batch.size() < options.largestBatch()) {
            long left = deadline - System.nanoTime();
            Waiting next = left <= 0 ? null : queue.poll(left, TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    private void run(List<Waiting> batch) {
        try {
            List<SparseVector> vectors =
                    model.apply(batch.stream().map(Waiting::ids).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).vector().complete(vectors.get(i));
            }
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                batch.getFirst().vector().completeExceptionally(e);
            } else {
                // One query that the model fails on is no reason for the others to fail.
                batch.forEach(each -> run(List.of(each)));
            }
        }
    }

    private void failWaiting() {
        for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
            left.vector()
                    .completeExceptionally(
                            new EncodingException("the encoder is closed", EncodingException.NO_TEXT, null));
        }
    }

    /** Ends the thread and waits for it; what waits in the queue fails. */
    @Override
    public void close() {
        closed = true;
        runner.interrupt();
        boolean interrupted = false;
        while (runner.isAlive()) {
            try {
                runner.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        failWaiting();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
