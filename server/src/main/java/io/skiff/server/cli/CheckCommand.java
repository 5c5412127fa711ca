package io.skiff.server.cli;

import io.skiff.index.IndexCheck;
import io.skiff.index.IndexReader;
import io.skiff.index.live.IndexWriter;
import io.skiff.index.live.LiveCheck;
import io.skiff.server.collection.FolderSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skiff check}: verifies an index. */
@Command(
        name = "check",
        description = "Read every file of an index and verify every checksum and invariant.",
        mixinStandardHelpOptions = true,
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is sound", "1:something is not; each problem is named on a line", "2:wrong usage"},
        footerHeading = "%nExample:%n",
        footer = "  skiff check --index data/cacm")
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--index", required = true, paramLabel = "DIR", description = "The index to check.")
    private Path index;

    @Override
    public Integer call() throws IOException {
        if (!IndexReader.isIndex(index)) {
            throw NoIndex.at(index);
        }
        IndexCheck.Report report;
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressDisplay display =
                ProgressDisplay.start(err, "checking", OptionalLong.of(FolderSize.bytes(index)), "B")) {
            LongConsumer progress = bytes -> display.update(bytes, String.format(Locale.ROOT, "%,d MiB", bytes >> 20));
            report = IndexWriter.isLive(index) ? LiveCheck.run(index, progress) : IndexCheck.run(index, progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        report.problems().forEach(problem -> out.println(FailureMessage.oneLine(problem)));
        out.printf(
                Locale.ROOT,
                "%s: %s (%,d files, %,d bytes read)%n",
                index,
                report.isSound()
                        ? "sound"
                        : "NOT sound, problems: " + report.problems().size(),
                report.filesRead(),
                report.bytesRead());
        if (!report.isSound() && IndexWriter.hasStore(index)) {
            out.println("If the document store is sound, 'skiff rebuild --index " + index + "' builds the rest again.");
        }
        return report.isSound() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
