package io.skiff.server.cli;

import io.skiff.index.IndexSummary;
import io.skiff.server.ingest.DocumentSource;
import io.skiff.server.ingest.IndexJob;
import io.skiff.server.ingest.IndexOptions;
import io.skiff.server.ingest.IndexReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Builds an index under a progress display and prints what came out. */
final class IndexRun {
    private IndexRun() {}

    static IndexReport run(CommandSpec spec, DocumentSource source, IndexOptions options) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        IndexReport report;
        try (ProgressDisplay display = ProgressDisplay.start(err, "indexing", source.length(), source.unit())) {
            report = IndexJob.run(source, options, new ShownProgress(display));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(options.directory() + ": exists already; pass --force to replace it", e);
        }
        print(spec.commandLine().getOut(), report);
        if (options.skipBad()) {
            printSkipped(err, report);
        }
        return report;
    }

    private static void print(PrintWriter out, IndexReport report) {
        IndexSummary summary = report.summary();
        out.printf(Locale.ROOT, "documents             %,d%n", report.documentCount());
        if (summary.documentCount() != report.documentCount()) {
            out.printf(Locale.ROOT, "chunks                %,d%n", summary.documentCount());
        }
        out.printf(Locale.ROOT, "postings              %,d%n", summary.postingCount());
        out.printf(Locale.ROOT, "bytes per posting     %.2f%n", report.bytesPerPosting());
        out.printf(Locale.ROOT, "seconds               %.2f%n", report.elapsed().toMillis() / 1e3);
        out.printf(Locale.ROOT, "documents per second  %,.0f%n", report.documentsPerSecond());
        if (report.tokenCount() > 0) {
            out.printf(Locale.ROOT, "tokens per second     %,.0f%n", report.tokensPerSecond());
        }
        out.flush();
    }

    private static void printSkipped(PrintWriter err, IndexReport report) {
        err.printf(Locale.ROOT, "skipped               %,d bad lines%n", report.skippedCount());
        report.skipped().forEach(message -> err.println("  " + message));
        if (report.skippedCount() > report.skipped().size()) {
            err.println("  ...");
        }
    }
}
