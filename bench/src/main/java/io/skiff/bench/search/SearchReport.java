package io.skiff.bench.search;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * Everything one run of the benchmark has to say.
 *
 * @param machine where it ran
 * @param corpus what was searched
 * @param builds what building took; empty if the indexes were there
 * @param latencies one per system and k
 */
record SearchReport(Machine machine, CorpusSummary corpus, List<BuildResult> builds, List<Latency> latencies) {
    /**
     * What was searched.
     *
     * @param source where its vectors come from
     * @param variant how it was made harder
     * @param seed of all randomness
     * @param documents documents
     * @param postings postings
     * @param queries queries held out
     * @param queryTokens mean tokens of a query
     * @param rounds rounds timed
     * @param clock wall or processor time
     */
    record CorpusSummary(
            String source,
            String variant,
            long seed,
            long documents,
            long postings,
            int queries,
            double queryTokens,
            int rounds,
            String clock) {}

    private static final String LUCENE = "Lucene";

    SearchReport {
        builds = List.copyOf(builds);
        latencies = List.copyOf(latencies);
    }

    String toMarkdown() {
        Formatter out = new Formatter(Locale.ROOT);
        writeConditions(out);
        if (!builds.isEmpty()) {
            writeBuilds(out);
        }
        writeLatencies(out);
        return out.toString();
    }

    private void writeConditions(Formatter out) {
        out.format("- CPU: %s, %d cores; heap %,d MB%n", machine.cpu(), machine.cores(), machine.heapMegabytes());
        out.format("- JDK: %s; flags: `%s`%n", machine.jdk(), String.join(" ", machine.jvmFlags()));
        out.format("- Skiff: commit %s; kernel: %s%n", machine.skiffCommit(), machine.skiffKernel());
        out.format("- Lucene: %s%n", machine.lucene());
        out.format(
                "- Corpus: %,d documents, %,d postings (%.1f a document), from %s, variant %s, seed %d%n",
                corpus.documents(),
                corpus.postings(),
                (double) corpus.postings() / corpus.documents(),
                corpus.source(),
                corpus.variant(),
                corpus.seed());
        out.format(
                "- Queries: %,d held out, %.1f tokens on average; one thread, %s time; fastest of %d interleaved rounds%n",
                corpus.queries(), corpus.queryTokens(), corpus.clock(), corpus.rounds());
    }

    private void writeBuilds(Formatter out) {
        out.format("%n");
        out.format("| build | docs/s | wall s | CPU s | bytes/posting | counted |%n");
        out.format("|---|---|---|---|---|---|%n");
        for (BuildResult build : builds) {
            out.format(
                    "| %s | %,.0f | %.1f | %.1f | %.2f | %s |%n",
                    build.system(),
                    build.documentsPerSecond(),
                    build.wallSeconds(),
                    build.cpuSeconds(),
                    build.bytesPerPosting(),
                    build.counted());
        }
    }

    private void writeLatencies(Formatter out) {
        out.format("%n");
        out.format(
                "| k | system | mean µs | p50 µs | p95 µs | p99 µs | Lucene's mean ÷ | Lucene's p99 ÷ | recall | blocks scored |"
                        + " B allocated/query |%n");
        out.format("|---|---|---|---|---|---|---|---|---|---|---|%n");
        for (Latency latency : latencies) {
            Latency lucene = lucene(latency.k());
            out.format(
                    "| %d | %s | %,.0f | %,.0f | %,.0f | %,.0f | %.2f | %.2f | %.3f | %s | %,d |%n",
                    latency.k(),
                    latency.system(),
                    latency.meanMicros(),
                    latency.p50Micros(),
                    latency.p95Micros(),
                    latency.p99Micros(),
                    lucene.meanMicros() / latency.meanMicros(),
                    lucene.p99Micros() / latency.p99Micros(),
                    latency.recall(),
                    Double.isNaN(latency.scoredBlockShare())
                            ? "-"
                            : String.format(Locale.ROOT, "%.3f %%", 100 * latency.scoredBlockShare()),
                    latency.allocatedBytes());
        }
    }

    private Latency lucene(int k) {
        return latencies.stream()
                .filter(latency -> latency.k() == k && latency.system().equals(LUCENE))
                .findFirst()
                .orElseThrow();
    }
}
