package io.skiff.bench.search;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What a query's time is. */
enum LatencyClock {
    /** Time as a user sees it. */
    WALL {
        @Override
        long nanos() {
            return System.nanoTime();
        }
    },
    /** Processor time of the searching thread: for a machine that others use too, where waiting says nothing. */
    CPU {
        @Override
        long nanos() {
            return THREADS.getCurrentThreadCpuTime();
        }
    };

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    abstract long nanos();

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
