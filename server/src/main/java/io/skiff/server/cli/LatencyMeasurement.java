package io.skiff.server.cli;

import io.skiff.server.ingest.InOrder;
import io.skiff.server.ingest.QueryRecord;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures searches from the query as it was read to its hits, encoding included, one query after the other on each
 * thread: a closed loop, so the times have no waiting in them.
 */
final class LatencyMeasurement {
    /** The warm-up passes end when that many queries have been searched, so that few queries are warmed up too. */
    private static final int WARM_UP_QUERIES = 2_000;

    private final QuerySearch search;
    private final List<QueryRecord> queries;
    private final int threadCount;

    LatencyMeasurement(QuerySearch search, List<QueryRecord> queries, int threadCount) {
        this.search = search;
        this.queries = queries;
        this.threadCount = threadCount;
    }

    /** Searches all queries at least once to warm up, then once with the clock running. */
    LatencyReport run(int k) throws IOException {
        long[] nanos = new long[queries.size()];
        for (int warmedUp = 0; warmedUp < WARM_UP_QUERIES; warmedUp += queries.size()) {
            pass(nanos);
        }
        long wallNanos = pass(nanos);
        return LatencyReport.of(k, threadCount, nanos, wallNanos);
    }

    private long pass(long[] nanos) throws IOException {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> loop = () -> {
            for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
                long start = System.nanoTime();
                search.search(queries.get(i));
                nanos[i] = System.nanoTime() - start;
            }
            return null;
        };
        try (InOrder<Void> work = new InOrder<>(threadCount, nothing -> {})) {
            long start = System.nanoTime();
            for (int i = 0; i < threadCount; i++) {
                work.submit(loop);
            }
            work.finish();
            return System.nanoTime() - start;
        }
    }
}
