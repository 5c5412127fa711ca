package io.skiff.server.cli;

import io.skiff.index.BuildOptions;
import io.skiff.index.FieldInfo;
import io.skiff.index.Quantizer;
import io.skiff.server.ciff.CiffSource;
import io.skiff.server.ingest.IndexOptions;
import io.skiff.server.ingest.IndexReport;
import io.skiff.server.ingest.InputFormat;
import io.skiff.server.ingest.TextEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code skiff import-ciff} and {@code skiff index --format ciff} share. */
final class CiffImport {
    private CiffImport() {}

    static boolean isCiff(List<String> inputs, Optional<InputFormat> format) {
        return format.isPresent() ? format.get() == InputFormat.CIFF : InputFormat.isCiff(inputs.getFirst());
    }

    static int run(CommandSpec spec, Path file, Path index, BuildOptions build, int threads, boolean force)
            throws IOException {
        try (CiffSource source = CiffSource.open(file, scratch(index))) {
            TextEncoding none = new TextEncoding.None();
            IndexReport report =
                    IndexRun.run(spec, source, new IndexOptions(index, force, none, build, threads, false));
            for (FieldInfo field : report.summary().fields()) {
                if (!field.quantizer().equals(Quantizer.IDENTITY)) {
                    spec.commandLine()
                            .getErr()
                            .printf(
                                    Locale.ROOT,
                                    "note: term frequencies above 255 were found, so all were quantized; one impact"
                                            + " stands for %s%n",
                                    field.quantizer().scale());
                }
            }
            return ExitCode.OK;
        }
    }

    /** The folder nearest to the index: the postings need about as much room as the index itself. */
    private static Path scratch(Path index) {
        Path folder = index.toAbsolutePath().getParent();
        while (!Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        return folder;
    }
}
