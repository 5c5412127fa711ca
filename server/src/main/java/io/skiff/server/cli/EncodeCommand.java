package io.skiff.server.cli;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.SparseEncoder;
import io.skiff.index.FieldStatistics;
import io.skiff.server.collection.Collection;
import io.skiff.server.ingest.DocumentSource;
import io.skiff.server.ingest.EncodeJob;
import io.skiff.server.ingest.IndexJob;
import io.skiff.server.ingest.InputRecord;
import io.skiff.server.ingest.LineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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
            description = "bm25, or a model's folder (not available in this version).")
    private EncoderArgument encoder;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            converter = Role.Converter.class,
            description = "query or document. Default: document.")
    private Role role = Role.DOCUMENT;

    @Option(
            names = "--index",
            paramLabel = "DIR",
            description = "Encode as this index's documents or queries are: BM25 takes its parameters, its average"
                    + " length and its document frequencies. Without it, the average length is that of the first"
                    + " 20,000 texts, and every token of a query weighs the same.")
    private Path index;

    private enum Role {
        QUERY,
        DOCUMENT;

        private static final class Converter extends ChoiceConverter<Role> {
            Converter() {
                super(Role.values());
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        if (encoder == EncoderArgument.NONE) {
            throw new ParameterException(spec.commandLine(), "--encoder none encodes nothing, expected bm25");
        }
        try (DocumentSource source = EncodeJob.open(input)) {
            if (index == null) {
                List<InputRecord> sample = EncodeJob.sample(source, IndexJob.SAMPLE_DOCUMENTS);
                Bm25Encoder bm25 = Bm25Encoder.calibratedOn(
                        Bm25Encoder.Parameters.DEFAULT,
                        () -> sample.stream().map(InputRecord::text).iterator());
                run(bm25, FieldStatistics.NONE, sample, source);
                return ExitCode.OK;
            }
            try (Collection collection = Collection.open("index", index)) {
                String field = collection
                        .textField()
                        .orElseThrow(() -> new IOException("index " + index + " has no field made from text"));
                SparseEncoder indexed = collection.encoder(field).orElseThrow();
                run(indexed, collection.reader().statistics(field), List.of(), source);
                return ExitCode.OK;
            }
        }
    }

    private void run(SparseEncoder chosen, FieldStatistics statistics, List<InputRecord> sample, DocumentSource source)
            throws IOException {
        Optional<FieldStatistics> forQueries = role == Role.QUERY ? Optional.of(statistics) : Optional.empty();
        new EncodeJob(chosen, forQueries, spec.commandLine().getOut()).run(sample, source);
    }
}
