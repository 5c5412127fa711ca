package io.skiff.bench.harness;

import io.skiff.bench.quality.Metric;
import io.skiff.bench.quality.MetricConverter;
import io.skiff.bench.search.Machine;
import io.skiff.encoder.onnx.ExecutionOptions;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.server.ingest.IndexJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code skiff bench quality}. */
@Command(
        name = "quality",
        mixinStandardHelpOptions = true,
        description = {
            "Compares ways to search on collections with judgments: quality by trec_eval's definitions, wins, draws and"
                    + " losses against the first way, and latency beside it, as one Markdown table.",
            "Each collection becomes one index in the work folder, words by BM25 and sparse vectors beside them; every"
                    + " configuration searches that one."
        },
        footerHeading = "%nConfigurations:%n",
        footer = {
            "  bm25                      the words (k1 0.9, b 0.4)",
            "  sparse                    the sparse vectors",
            "  linear[:BM25:SPARSE]      both scores, each times its weight (1:1), as one exact search",
            "  rrf[:CONSTANT[:WINDOW]]   reciprocal rank fusion of both rankings (60; as deep as is measured)",
            "  pruned[:RATIO:WEIGHT]     the sparse vectors, the query pruned as by Elasticsearch (5:0.4)",
            "  approximate[:SHARE]       the sparse vectors, a share of the query's mass ignored (0.1)",
            "",
            "All but bm25 need vectors: vectors.jsonl and query-vectors.jsonl (or .tsv) beside corpus.jsonl or in"
                    + " --vectors, or a model that makes them. The default is all six where there are vectors.",
            "",
            "Every judged query counts, with 0 where nothing is found. Equal scores rank in order of insertion"
                    + " (skiff eval, which reads runs, ranks them by id). In the rows of 'all' collections a metric is"
                    + " the mean of the collections' means, and queries are compared together. p is of the two-sided"
                    + " paired randomization test on the first metric, 10,000 permutations, seeded, not corrected for"
                    + " the number of comparisons. Latency is of searching on one thread, from vectors to hits, as"
                    + " many hits as the deepest metric looks at; of every query the fastest of the timed rounds."
        })
public final class QualityCommand implements Callable<Integer> {
    private static final List<String> WITH_VECTORS =
            List.of("bm25", "sparse", "linear", "rrf", "pruned", "approximate");

    private static final class ConfigurationConverter implements ITypeConverter<Configuration> {
        @Override
        public Configuration convert(String value) {
            try {
                return Configuration.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "COLLECTION",
            description = "Folders in BEIR's layout: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv, plain, .gz or .zst.")
    private List<Path> folders;

    @Option(
            names = "--configurations",
            split = ",",
            paramLabel = "NAME",
            converter = ConfigurationConverter.class,
            description = "Two or more of those below; the others are compared with the first.")
    private List<Configuration> configurations = List.of();

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "METRIC",
            converter = MetricConverter.class,
            defaultValue = "ndcg@10,recall@100,mrr@10",
            description = "What to measure, as in skiff eval (default: ${DEFAULT-VALUE}).")
    private List<Metric> metrics;

    @Option(
            names = "--vectors",
            paramLabel = "DIR",
            description =
                    "Where vectors are that do not lie beside their documents: in a folder of the collection's name.")
    private Path vectors;

    @Option(
            names = "--encoder",
            paramLabel = "MODEL_DIR",
            description = "A model that encodes documents and queries, instead of vectors that are given.")
    private Path encoder;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "test",
            description = "Which judgments (default: ${DEFAULT-VALUE}).")
    private String split;

    @Option(
            names = "--level",
            paramLabel = "GRADE",
            defaultValue = "1",
            description =
                    "Lowest grade that counts as relevant (default: ${DEFAULT-VALUE}); nDCG's gains stay as they are.")
    private int level;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Timed rounds over all queries (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds before those (default: ${DEFAULT-VALUE}).")
    private int warmUpRounds;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description =
                    "Where indexes and encoded vectors are kept (default: .cache/skiff/quality in your home folder).")
    private Path work;

    @Option(names = "--reuse", description = "Use indexes again that were built from the same files and model.")
    private boolean reuse;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Also write the table there.")
    private Path markdown;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also write it as comma-separated values.")
    private Path csv;

    @Option(
            names = "--plot",
            paramLabel = "FILE.png",
            description = "Also draw it: the first metric by collection, and against latency.")
    private Path plot;

    @Override
    public Integer call() throws IOException {
        require(level >= 1, "--level must be 1 or more, got " + level);
        require(rounds >= 1, "--rounds must be 1 or more, got " + rounds);
        require(warmUpRounds >= 0, "--warm-up must be 0 or more, got " + warmUpRounds);
        PrintWriter err = spec.commandLine().getErr();
        Machine machine = Machine.describe();
        List<BeirCollection> collections = collections();
        List<Configuration> chosen = configurations(collections);
        QualityBench bench = new QualityBench(chosen, metrics, level, warmUpRounds, rounds);
        List<QualityResult> results = new ArrayList<>();
        StringBuilder text = new StringBuilder(conditions(machine, bench));
        try (Encoder model = new Encoder(openModel())) {
            for (BeirCollection files : collections) {
                Path index = new CollectionIndex(workFolder(), files, model.encoder(), err).prepare(reuse);
                try (PreparedCollection collection = PreparedCollection.open(files, index, model.encoder())) {
                    text.append(facts(collection));
                    results.addAll(bench.run(collection, err));
                }
            }
        }
        QualityTable table = QualityTable.of(results, chosen.size());
        text.append('\n').append(QualityText.toMarkdown(table));
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        if (markdown != null) {
            Files.writeString(markdown, text);
        }
        if (csv != null) {
            Files.writeString(csv, QualityText.toCsv(table));
        }
        if (plot != null) {
            QualityPlot.write(table, plot);
        }
        return 0;
    }

    /** A model to be closed, or none. */
    private record Encoder(Optional<OnnxEncoder> encoder) implements AutoCloseable {
        @Override
        public void close() {
            encoder.ifPresent(OnnxEncoder::close);
        }
    }

    private Optional<OnnxEncoder> openModel() throws IOException {
        return encoder == null ? Optional.empty() : Optional.of(OnnxEncoder.open(encoder, ExecutionOptions.DEFAULT));
    }

    private Path workFolder() {
        return work != null ? work : Path.of(System.getProperty("user.home"), ".cache", "skiff", "quality");
    }

    private List<BeirCollection> collections() throws IOException {
        List<BeirCollection> collections = new ArrayList<>();
        HashSet<String> names = new HashSet<>(List.of(QualityTable.ALL));
        for (Path folder : folders) {
            BeirCollection collection = BeirCollection.find(folder, split, Optional.ofNullable(vectors));
            require(
                    names.add(collection.name()),
                    "folder " + folder + ": the name '" + collection.name()
                            + "' is taken, by another collection or for all of them");
            collections.add(collection);
        }
        return collections;
    }

    private List<Configuration> configurations(List<BeirCollection> collections) {
        Optional<BeirCollection> without = encoder != null
                ? Optional.empty()
                : collections.stream()
                        .filter(collection -> collection.vectors().isEmpty())
                        .findFirst();
        List<Configuration> chosen = configurations.isEmpty()
                ? WITH_VECTORS.stream().map(Configuration::parse).toList()
                : configurations;
        if (without.isPresent() && chosen.stream().anyMatch(Configuration::needsVectors)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "collection '" + without.get().name() + "' has no sparse vectors, which all configurations but bm25"
                            + " need; expected vectors.jsonl and query-vectors.jsonl beside corpus.jsonl or in"
                            + " --vectors, or --encoder MODEL_DIR");
        }
        require(chosen.size() >= 2, "--configurations takes two or more, got " + chosen.size());
        List<String> names = Configuration.names(chosen);
        require(new HashSet<>(names).size() == names.size(), "--configurations has one twice: " + names);
        return chosen;
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private static String conditions(Machine machine, QualityBench bench) {
        return String.format(
                Locale.ROOT,
                "- CPU: %s, %d cores; JDK %s%n- Skiff: commit %s; kernel: %s%n- k=%d, one thread; of every query the"
                        + " fastest of %d rounds%n",
                machine.cpu(),
                machine.cores(),
                machine.jdk(),
                machine.skiffCommit(),
                machine.skiffKernel(),
                bench.k(),
                bench.rounds());
    }

    private static String facts(PreparedCollection collection) {
        return String.format(
                Locale.ROOT,
                "- %s: %,d documents, %,d judged queries; words %.1f a document, %.1f a query; vectors %.1f tokens a"
                        + " document, %.1f a query%n",
                collection.name(),
                collection.documentCount(),
                collection.queries().size(),
                collection.tokensPerDocument(IndexJob.TEXT_FIELD),
                collection.wordsPerQuery(),
                collection.tokensPerDocument(IndexJob.VECTOR_FIELD),
                collection.vectorTokensPerQuery());
    }
}
