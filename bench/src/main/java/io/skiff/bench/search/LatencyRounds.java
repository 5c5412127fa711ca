package io.skiff.bench.search;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Times systems in turns on one thread: in every round each runs all queries once, and another one starts, so that a
 * drift of the machine hits all alike and no query finds its own data in the caches.
 */
final class LatencyRounds {
    private final List<BenchSystem> systems;
    private final int queryCount;
    private final LatencyClock clock;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    LatencyRounds(List<BenchSystem> systems, int queryCount, LatencyClock clock) {
        this.systems = systems;
        this.queryCount = queryCount;
        this.clock = clock;
    }

    List<Latency> run(int k, int warmUpRounds, int rounds, ProgressLines progress) throws IOException {
        long[][] fastest = new long[systems.size()][queryCount];
        long[] allocated = new long[systems.size()];
        for (int round = -warmUpRounds; round < rounds; round++) {
            if (round <= 0) {
                for (long[] nanos : fastest) {
                    Arrays.fill(nanos, Long.MAX_VALUE);
                }
            }
            for (int turn = 0; turn < systems.size(); turn++) {
                int system = Math.floorMod(turn + round, systems.size());
                long before = threads.getCurrentThreadAllocatedBytes();
                time(systems.get(system), k, fastest[system]);
                allocated[system] = threads.getCurrentThreadAllocatedBytes() - before;
            }
            progress.at(round + warmUpRounds + 1L);
        }
        progress.done();
        List<Latency> results = new ArrayList<>();
        for (int system = 0; system < systems.size(); system++) {
            results.add(Latency.of(systems.get(system), k, fastest[system], allocated[system]));
        }
        return results;
    }

    private void time(BenchSystem system, int k, long[] fastestNanos) throws IOException {
        for (int query = 0; query < queryCount; query++) {
            long start = clock.nanos();
            Object hits = system.search(query, k);
            fastestNanos[query] = Math.min(fastestNanos[query], clock.nanos() - start);
            Objects.requireNonNull(hits, system.name());
        }
    }
}
