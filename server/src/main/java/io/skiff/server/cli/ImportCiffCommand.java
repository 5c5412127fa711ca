package io.skiff.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skiff import-ciff}: builds an index from a Common Index File Format file. */
@Command(
        name = "import-ciff",
        description = "Build an index from a Common Index File Format file.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%nInput:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nHow it is read:%n",
        footer = {
            "  Term frequencies are taken as impacts, as exports of learned sparse and of quantized BM25 collections",
            "  have them, into the field 'vector'. From 1 to 255 they pass unchanged; where one is larger, all are",
            "  quantized on one scale, which is reported. Document lengths are not kept.",
            "  The postings are sorted through a temporary folder beside the index, 12 bytes each.",
            "",
            "Example:",
            "  skiff import-ciff splade.ciff.gz --index data/splade"
        })
final class ImportCiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file, plain or gzip.")
    private Path file;

    @Option(names = "--index", required = true, paramLabel = "DIR", description = "The index to build.")
    private Path index;

    @Option(names = "--force", description = "Replace an index that is there already.")
    private boolean force;

    @Mixin
    private BuildArguments build;

    @Override
    public Integer call() throws IOException {
        return CiffImport.run(
                spec, file, index, build.options(), Runtime.getRuntime().availableProcessors(), force);
    }
}
