package io.skiff.bench.load;

import io.skiff.bench.search.Machine;
import java.util.Formatter;
import java.util.Locale;

/** Collects what is measured, as Markdown. */
final class LoadReport {
    /** A rate of which less is answered in the time is not held; random moments alone make it miss by some percent. */
    private static final double HELD_SHARE = 0.95;

    private final Formatter out = new Formatter(Locale.ROOT);
    private boolean tableBegun;

    LoadReport(Machine machine, int documents, String source, int k) {
        out.format("- CPU: %s, %d cores; JDK %s%n", machine.cpu(), machine.cores(), machine.jdk());
        out.format("- Skiff: commit %s; kernel: %s%n", machine.skiffCommit(), machine.skiffKernel());
        out.format("- %,d documents, from %s; k=%d%n", documents, source, k);
    }

    void added(AddedLatency latency) {
        out.format("%n| one connection | p50 µs | p90 µs | p99 µs |%n|---|---|---|---|%n");
        row("in process", latency.inProcess());
        row("over HTTP", latency.server());
        row("of that by the server's own clock", latency.inServer());
        out.format(
                "| added | %,.0f | %,.0f | %,.0f |%n",
                latency.addedMicros(50), latency.addedMicros(90), latency.addedMicros(99));
    }

    private void row(String name, org.HdrHistogram.Histogram nanos) {
        out.format(
                "| %s | %,.0f | %,.0f | %,.0f |%n",
                name, AddedLatency.micros(nanos, 50), AddedLatency.micros(nanos, 90), AddedLatency.micros(nanos, 99));
    }

    void connections(int count, LoadResult closed, double rate, LoadResult open) {
        if (!tableBegun) {
            tableBegun = true;
            out.format("%n| connections | answers/s | errors | p50 µs | p99 µs | open loop: rate/s | held | errors "
                    + "| p50 µs | p99 µs | p99.9 µs | max µs |%n");
            out.format("|---|---|---|---|---|---|---|---|---|---|---|---|%n");
        }
        out.format(
                "| %d | %,.0f | %d | %,.0f | %,.0f | %,.0f | %s | %d | %,.0f | %,.0f | %,.0f | %,.0f |%n",
                count,
                closed.perSecond(),
                closed.errors(),
                closed.micros(50),
                closed.micros(99),
                rate,
                isHeld(rate, open) ? "yes" : String.format(Locale.ROOT, "no: %,.0f", open.perSecond()),
                open.errors(),
                open.micros(50),
                open.micros(99),
                open.micros(99.9),
                open.maxMicros());
    }

    void ingest(IngestLoad load, int baseDocuments) {
        out.format(
                "%n%,d documents written by _bulk, %d a request, synced before they are acknowledged: %,.0f documents/s on"
                        + " two busy connections; a bulk p50 %,.0f µs, p99 %,.0f µs%n",
                baseDocuments,
                load.bulkDocuments(),
                load.documentsPerSecond(load.base()),
                load.base().micros(50),
                load.base().micros(99));
        out.format("%n| open loop | rate/s | held | errors | p50 µs | p90 µs | p99 µs | p99.9 µs | max µs |%n");
        out.format("|---|---|---|---|---|---|---|---|---|%n");
        phase("searches in peace", load.searchRate(), 1, load.idle());
        phase("searches while documents come", load.searchRate(), 1, load.busy());
        phase("documents, by bulk", load.documentRate(), load.bulkDocuments(), load.writes());
        out.format("%np99 of searches while documents come: %.1f times that in peace%n", load.p99Ratio());
    }

    private void phase(String name, double rate, int perRequest, LoadResult result) {
        out.format(
                "| %s | %,.0f | %s | %d | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f |%n",
                name,
                rate,
                isHeld(rate / perRequest, result)
                        ? "yes"
                        : String.format(Locale.ROOT, "no: %,.0f", result.perSecond() * perRequest),
                result.errors(),
                result.micros(50),
                result.micros(90),
                result.micros(99),
                result.micros(99.9),
                result.maxMicros());
    }

    private static boolean isHeld(double rate, LoadResult result) {
        return result.errors() == 0 && result.perSecond() >= HELD_SHARE * rate;
    }

    String toMarkdown() {
        return out.toString();
    }
}
