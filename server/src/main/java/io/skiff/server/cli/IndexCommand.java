package io.skiff.server.cli;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.server.ingest.IndexOptions;
import io.skiff.server.ingest.InputFormat;
import io.skiff.server.ingest.LineSource;
import io.skiff.server.ingest.TextEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skiff index}: builds an index from files. */
@Command(
        name = "index",
        description = "Build an index from files of text or of sparse vectors.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%nInput:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nFormats:%n",
        footer = {
            "  beir     one JSON object a line, {\"_id\", \"title\", \"text\", ...}, or a folder with such a",
            "           corpus.jsonl; title and text are indexed together, everything but _id is stored",
            "  vectors  one JSON object a line, {\"id\", \"vector\": {\"token\": 1.23, ...}, ...}; weights are finite",
            "           and not negative, 0 is dropped; everything but id and vector is stored",
            "  msmarco  id<TAB>text",
            "  ciff     one Common Index File Format file; see 'skiff import-ciff --help'",
            "Lines may have up to 128 MiB; blank ones are passed over.",
            "",
            "BM25 takes the average length from the first 20,000 documents (all of them where there are fewer).",
            "Vectors made of text are in the field 'text', those of the input in the field 'vector'.",
            "",
            "Nothing is left behind when the command fails, and the old index stays until the new one is whole.",
            "",
            "Examples:",
            "  skiff index --index data/cacm cacm/",
            "  skiff index --index data/cacm --encoder models/splade --chunk sentences cacm/",
            "  skiff index --index data/splade --format vectors part1.jsonl.gz part2.jsonl.gz",
            "  zstdcat collection.tsv.zst | skiff index --index data/msmarco --format msmarco -"
        })
final class IndexCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "INPUT",
            arity = "1..*",
            description = "Files, BEIR folders, or - for standard input; gzip and Zstandard are read as such.")
    private List<String> inputs;

    @Option(names = "--index", required = true, paramLabel = "DIR", description = "The index to build.")
    private Path index;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = ChoiceConverter.Format.class,
            description = "auto, beir, vectors, msmarco or ciff; auto"
                    + " tells it by the first line of the first input. Default: auto.")
    private InputFormat format;

    @Option(
            names = "--encoder",
            paramLabel = "ENCODER",
            converter = EncoderArgument.Converter.class,
            description = "bm25 or a model's folder to make vectors of the text, none to index the vectors of the input"
                    + " alone. Default: bm25 for text, none for vectors.")
    private EncoderArgument encoder;

    @Mixin
    private ExecutionArguments execution;

    @Mixin
    private ChunkArguments chunks;

    @Mixin
    private BuildArguments build;

    @Option(names = "--k1", paramLabel = "X", description = "BM25's saturation, 0 or more. Default: 0.9.")
    private float k1 = Bm25Encoder.Parameters.DEFAULT.k1();

    @Option(names = "--b", paramLabel = "X", description = "BM25's length normalization, 0 to 1. Default: 0.4.")
    private float b = Bm25Encoder.Parameters.DEFAULT.b();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that encode and build. The index is the same whatever their number."
                    + " Default: one per processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--force", description = "Replace an index that is there already.")
    private boolean force;

    @Option(
            names = "--skip-bad",
            description = "Pass over bad lines and report their number and the first few, instead of stopping at the"
                    + " first.")
    private boolean skipBad;

    @Override
    public Integer call() throws IOException {
        // Checked before an input is opened, so that wrong options are told even when the input is a pipe.
        checkOptions();
        if (CiffImport.isCiff(inputs, Optional.ofNullable(format))) {
            checkCiff();
            return CiffImport.run(spec, Path.of(inputs.getFirst()), index, build.options(), threads, force);
        }
        LineSource.Opened opened = LineSource.open(inputs, Optional.ofNullable(format));
        try (LineSource source = opened.source()) {
            TextEncoding encoding = encoding(opened.format());
            IndexRun.run(spec, source, new IndexOptions(index, force, encoding, build.options(), threads, skipBad));
            return ExitCode.OK;
        }
    }

    private void checkCiff() {
        if (inputs.size() > 1) {
            throw wrong("--format ciff takes one file, as its docids start at 0 in each; got " + inputs.size());
        }
        if (encoder != null && !(encoder instanceof EncoderArgument.None)) {
            throw wrong("--encoder: the format ciff has no text to encode");
        }
        if (skipBad) {
            throw wrong("--skip-bad: a CIFF file has no lines; it is read whole or not at all");
        }
    }

    private void checkOptions() {
        if (threads < 1) {
            throw wrong("--threads must be at least 1, got " + threads);
        }
        execution.options();
        build.options();
        if (chunks.chunks().isPresent() && !(encoder instanceof EncoderArgument.Model)) {
            throw wrong("--chunk is for what a model cannot read whole, and needs --encoder MODEL_DIR");
        }
        try {
            new Bm25Encoder.Parameters(k1, b);
        } catch (IllegalArgumentException e) {
            throw wrong("--" + e.getMessage());
        }
    }

    private TextEncoding encoding(InputFormat actual) {
        if (encoder instanceof EncoderArgument.None && actual.isText()) {
            throw wrong("--encoder none: the format " + actual + " has no vectors; pass --encoder bm25 or a model's"
                    + " folder, or --format vectors for input that has");
        }
        if (encoder instanceof EncoderArgument.Model && chunks.chunks().isPresent() && !actual.isText()) {
            throw wrong(
                    "--chunk: the vectors of the format " + actual + " are of whole documents, which cannot be cut");
        }
        EncoderArgument chosen =
                encoder != null ? encoder : actual.isText() ? new EncoderArgument.Bm25() : new EncoderArgument.None();
        return switch (chosen) {
            case EncoderArgument.None none -> new TextEncoding.None();
            case EncoderArgument.Bm25 bm25 -> new TextEncoding.Bm25(new Bm25Encoder.Parameters(k1, b));
            case EncoderArgument.Model model ->
                new TextEncoding.Model(model.folder(), execution.options(), chunks.chunks());
        };
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
