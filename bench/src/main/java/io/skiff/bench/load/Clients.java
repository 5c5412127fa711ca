package io.skiff.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** Runs one client on each of some threads, and adds up what they measure. */
final class Clients {
    private Clients() {}

    /** What one client came to. */
    record Tally(long answers, long errors, Histogram nanos) {}

    /** A client, from its connection to its tally. */
    @FunctionalInterface
    interface Client {
        /** @param startNanos when all of them began, of {@link System#nanoTime} */
        Tally run(HttpConnection connection, long startNanos) throws IOException;
    }

    /** Begins when every client has its connection and its thread: to make those is no part of what is measured. */
    static LoadResult run(Target target, int connections, Client client) throws IOException {
        List<HttpConnection> opened = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                connections, Thread.ofPlatform().name("client-", 0).factory())) {
            for (int i = 0; i < connections; i++) {
                opened.add(new HttpConnection(target.address()));
            }
            AtomicLong start = new AtomicLong();
            CyclicBarrier ready = new CyclicBarrier(connections, () -> start.set(System.nanoTime()));
            List<Callable<Tally>> tasks = opened.stream()
                    .map(connection -> (Callable<Tally>) () -> {
                        ready.await();
                        return client.run(connection, start.get());
                    })
                    .toList();
            Histogram nanos = LoadResult.histogram();
            long answers = 0;
            long errors = 0;
            for (Future<Tally> future : threads.invokeAll(tasks)) {
                Tally tally = future.get();
                answers += tally.answers();
                errors += tally.errors();
                nanos.add(tally.nanos());
            }
            return new LoadResult(answers, errors, (System.nanoTime() - start.get()) / 1e9, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("a client failed: " + e.getCause().getMessage(), e.getCause());
        } finally {
            for (HttpConnection connection : opened) {
                connection.close();
            }
        }
    }
}
