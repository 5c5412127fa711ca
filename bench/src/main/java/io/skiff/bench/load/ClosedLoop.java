package io.skiff.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Every connection sends its next request as soon as it has its answer: what a server gets done at most. Its latencies
 * say how long one of so many requests takes, and nothing about those that would have come meanwhile.
 */
record ClosedLoop(Target target, List<byte[]> requests, int connections) {
    LoadResult run(Duration length) throws IOException {
        return Clients.run(target, connections, (connection, start) -> {
            long end = start + length.toNanos();
            Histogram nanos = LoadResult.histogram();
            long errors = 0;
            int next = System.identityHashCode(connection) % requests.size();
            for (long now = System.nanoTime(); now - end < 0; ) {
                int status = connection.exchange(requests.get(next));
                long answered = System.nanoTime();
                if (status == 200) {
                    LoadResult.record(nanos, answered - now);
                } else {
                    errors++;
                }
                now = answered;
                next = (next + 1) % requests.size();
            }
            return new Clients.Tally(nanos.getTotalCount(), errors, nanos);
        });
    }
}
