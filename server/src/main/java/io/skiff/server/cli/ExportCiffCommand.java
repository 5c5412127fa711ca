package io.skiff.server.cli;

import io.skiff.index.FieldInfo;
import io.skiff.index.IndexReader;
import io.skiff.server.ciff.CiffExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skiff export-ciff}: writes an index as a Common Index File Format file. */
@Command(
        name = "export-ciff",
        description = "Write a field of an index as a Common Index File Format file.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%nOutput:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nHow it is written:%n",
        footer = {
            "  Impacts, 1 to 255, are written as term frequencies, and a document's length is their sum. Stored",
            "  documents are not part of the format.",
            "",
            "Example:",
            "  skiff export-ciff --index data/splade splade.ciff"
        })
final class ExportCiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--index", required = true, paramLabel = "DIR", description = "The index to read.")
    private Path index;

    @Option(
            names = "--field",
            paramLabel = "NAME",
            description = "The field to write; needed where the index has several.")
    private String field;

    @Parameters(paramLabel = "FILE", description = "The file to write, replaced if it is there.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (IndexReader reader = IndexReader.open(index)) {
            FieldInfo info = chosenField(reader);
            int terms;
            try (ProgressDisplay display = ProgressDisplay.start(err, "exporting", OptionalLong.empty(), "terms")) {
                terms = CiffExport.run(
                        reader,
                        info,
                        file,
                        done -> display.update(done, String.format(Locale.ROOT, "%,d terms", done)));
            }
            PrintWriter out = spec.commandLine().getOut();
            out.printf(Locale.ROOT, "documents  %,d%n", reader.documentCount());
            out.printf(Locale.ROOT, "terms      %,d%n", terms);
            out.printf(Locale.ROOT, "postings   %,d%n", info.postingCount());
            out.flush();
            return ExitCode.OK;
        }
    }

    private FieldInfo chosenField(IndexReader reader) {
        TreeSet<String> names = new TreeSet<>(reader.fields().keySet());
        if (field == null && names.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(), "--field is needed: the index has the fields " + String.join(", ", names));
        }
        String name = field == null ? names.first() : field;
        return reader.field(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--field " + name + ": no such field; the index has " + String.join(", ", names)));
    }
}
