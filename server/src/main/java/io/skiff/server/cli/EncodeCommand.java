package io.skiff.server.cli;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.onnx.ExecutionOptions;
import io.skiff.encoder.onnx.ModelOptions;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.encoder.onnx.QueryOptions;
import io.skiff.index.FieldStatistics;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.EncoderPool;
import io.skiff.server.ingest.DocumentSource;
import io.skiff.server.ingest.EncodeJob;
import io.skiff.server.ingest.IndexJob;
import io.skiff.server.ingest.InputRecord;
import io.skiff.server.ingest.LineReader;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code skiff encode}: text in, vectors out. */
@Command(
        name = "encode",
        description = "Write the sparse vectors of texts, one JSON object a line: {\"id\", \"vector\"}.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%nInput:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  echo \"time sharing systems\" | skiff encode --encoder bm25",
            "  skiff encode --encoder models/splade corpus.jsonl.gz > vectors.jsonl",
            "  skiff encode --encoder bm25 --role query --index data/cacm cacm/queries.jsonl"
        })
final class EncodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..1",
            description = "Lines of text, whose ids are their numbers, or BEIR's JSON lines, told apart by the first"
                    + " line; gzip and Zstandard are read as such. Default: - for standard input.")
    private String input = LineReader.STANDARD_INPUT;

    @Option(
            names = "--encoder",
            required = true,
            paramLabel = "ENCODER",
            converter = EncoderArgument.Converter.class,
            description = "bm25, or a model's folder.")
    private EncoderArgument encoder;

    @Mixin
    private ExecutionArguments execution;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            converter = EncodeRole.Converter.class,
            description = "query or document. Default: document.")
    private EncodeRole role = EncodeRole.DOCUMENT;

    @Option(
            names = "--index",
            paramLabel = "DIR",
            description = "Encode as this index's documents or queries are: BM25 takes its parameters, its average"
                    + " length and its document frequencies, a model must have its vocabulary. Without it, BM25's"
                    + " average length is that of the first 20,000 texts, and every token of a query weighs the same.")
    private Path index;

    @Override
    public Integer call() throws IOException {
        if (encoder instanceof EncoderArgument.None) {
            throw new ParameterException(
                    spec.commandLine(), "--encoder none encodes nothing, expected bm25 or a model's folder");
        }
        ExecutionOptions options = execution.options();
        try (DocumentSource source = EncodeJob.open(input)) {
            if (index != null) {
                runAsIndexed(source, options);
            } else if (encoder instanceof EncoderArgument.Model model) {
                try (OnnxEncoder opened = OnnxEncoder.open(model.folder(), options)) {
                    run(opened, FieldStatistics.NONE, List.of(), source);
                }
            } else {
                List<InputRecord> sample = EncodeJob.sample(source, IndexJob.SAMPLE_DOCUMENTS);
                Bm25Encoder bm25 = Bm25Encoder.calibratedOn(
                        Bm25Encoder.Parameters.DEFAULT,
                        () -> sample.stream().map(InputRecord::text).iterator());
                run(bm25, FieldStatistics.NONE, sample, source);
            }
            return ExitCode.OK;
        }
    }

    private void runAsIndexed(DocumentSource source, ExecutionOptions options) throws IOException {
        Optional<Path> model =
                encoder instanceof EncoderArgument.Model given ? Optional.of(given.folder()) : Optional.empty();
        try (EncoderPool pool = new EncoderPool(new ModelOptions(model, options, QueryOptions.DEFAULT));
                Collection collection = Collection.open("index", index, pool)) {
            String field = collection
                    .textField()
                    .orElseThrow(() -> new IOException("index " + index + " has no field made from text"));
            SparseEncoder indexed = collection.encoder(field).orElseThrow();
            if (indexed instanceof OnnxEncoder != model.isPresent()) {
                throw new IOException(
                        "--encoder: field '" + field + "' of index " + index + " was made with " + indexed.name());
            }
            run(indexed, collection.reader().statistics(field), List.of(), source);
        }
    }

    private void run(SparseEncoder chosen, FieldStatistics statistics, List<InputRecord> sample, DocumentSource source)
            throws IOException {
        Optional<FieldStatistics> forQueries = role == EncodeRole.QUERY ? Optional.of(statistics) : Optional.empty();
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressDisplay display = ProgressDisplay.start(err, "encoding", source.length(), source.unit())) {
            new EncodeJob(chosen, forQueries, spec.commandLine().getOut(), new ShownProgress(display))
                    .run(sample, source);
        }
    }
}
