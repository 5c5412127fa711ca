package io.skiff.bench.search;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Times a build in wall and processor time and shows how far it is. */
final class BuildClock {
    private static final double NANOS = 1e9;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ProgressLines progress;
    private final long postings;
    private long startNanos;
    private long startCpuNanos;
    private long documents;

    BuildClock(ProgressLines progress, long postings) {
        this.progress = progress;
        this.postings = postings;
    }

    void start() {
        startNanos = System.nanoTime();
        startCpuNanos = system.getProcessCpuTime();
    }

    /** Called by every indexing thread, so not always in order. */
    synchronized void documents(int count) {
        documents = Math.max(documents, count);
        progress.at(count);
    }

    BuildResult result(String name, long postingsBytes, String counted) {
        double wallSeconds = (System.nanoTime() - startNanos) / NANOS;
        double cpuSeconds = (system.getProcessCpuTime() - startCpuNanos) / NANOS;
        progress.done();
        return new BuildResult(name, documents, postings, wallSeconds, cpuSeconds, postingsBytes, counted);
    }
}
