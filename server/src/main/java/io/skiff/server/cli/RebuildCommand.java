package io.skiff.server.cli;

import io.skiff.index.IndexReader;
import io.skiff.index.live.IndexWriter;
import io.skiff.index.live.LiveOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skiff rebuild}: makes a live index whole whose segments are damaged. */
@Command(
        name = "rebuild",
        description = "Build the segments of a live index again from its document store.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nWhen to use it:%n",
        footer = {
            "  When a segment or the manifest of an index that the server made is damaged, as 'skiff check' tells. Every",
            "  acknowledged write is in the document store, so nothing is lost. The store is verified first, and the new",
            "  segments take the place of the old ones at the end, all at once. The index must not be open meanwhile.",
            "",
            "Example:",
            "  skiff rebuild --index data/articles"
        })
final class RebuildCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--index", required = true, paramLabel = "DIR", description = "The index to rebuild.")
    private Path index;

    @Override
    public Integer call() throws IOException {
        verifyHasStore();
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressDisplay display = ProgressDisplay.start(err, "rebuilding", OptionalLong.empty(), "changes")) {
            IndexWriter.rebuild(
                    index,
                    LiveOptions.DEFAULT,
                    done -> display.update(done, String.format(Locale.ROOT, "%,d changes", done)));
        }
        try (IndexReader reader = IndexReader.open(index)) {
            PrintWriter out = spec.commandLine().getOut();
            out.printf(Locale.ROOT, "documents  %,d%n", reader.liveDocumentCount());
            out.printf(Locale.ROOT, "segments   %,d%n", reader.segments().size());
            out.flush();
        }
        return ExitCode.OK;
    }

    private void verifyHasStore() throws IOException {
        if (IndexWriter.isLive(index) || IndexWriter.hasStore(index)) {
            return;
        }
        if (IndexReader.isIndex(index)) {
            throw new IOException(index
                    + ": was built in one go and has no document store; build it again with 'skiff index --force'");
        }
        throw NoIndex.at(index);
    }
}
