package io.skiff.bench.search;

import io.skiff.bench.corpus.CorpusOptions;
import io.skiff.bench.corpus.Variant;
import io.skiff.bench.corpus.VectorPool;
import io.skiff.bench.corpus.WeightedTokens;
import io.skiff.index.PostingsChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.json.JsonMapper;

/** {@code skiff bench search}. */
@Command(
        name = "search",
        description = {
            "Measures search latency, index size and build speed of Skiff and Lucene side by side.",
            "Generates a corpus, builds both indexes, checks that both find the same scores, then times them in turns "
                    + "on one thread. 1M documents need a heap of about 4 GB: SKIFF_JAVA_OPTS=-Xmx4g."
        },
        mixinStandardHelpOptions = true)
public final class SearchBenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CorpusArguments corpusArguments;

    @Option(
            names = "--variant",
            defaultValue = "default",
            description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}): no-topics deals all tokens at random, "
                    + "flat makes all weights nearly equal")
    private Variant variant;

    @Option(names = "--k", split = ",", defaultValue = "10,100,1000", description = "default ${DEFAULT-VALUE}")
    private List<Integer> ks;

    @Option(
            names = "--approximate",
            split = ",",
            paramLabel = "SHARE",
            defaultValue = "0.1,0.15",
            description = "shares of the query's mass that approximate searches ignore, from 0 to less than 1 "
                    + "(default ${DEFAULT-VALUE})")
    private List<Double> ignoredShares;

    @Option(
            names = "--block-size",
            paramLabel = "N",
            defaultValue = "8",
            description = "documents in a block of Skiff's index, 4 or 8 (default ${DEFAULT-VALUE})")
    private int blockSize;

    @Option(
            names = "--postings",
            paramLabel = "WHEN",
            defaultValue = "always",
            converter = PostingsConverter.class,
            description = "auto, always or never: whether Skiff keeps impact-ordered postings beside its blocks "
                    + "(default ${DEFAULT-VALUE})")
    private PostingsChoice postings;

    private static final class PostingsConverter implements ITypeConverter<PostingsChoice> {
        @Override
        public PostingsChoice convert(String value) {
            return switch (value) {
                case "auto" -> PostingsChoice.AUTO;
                case "always" -> PostingsChoice.ALWAYS;
                case "never" -> PostingsChoice.NEVER;
                default -> throw new TypeConversionException("expected auto, always or never, got '" + value + "'");
            };
        }
    }

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "timed rounds, of which every query's fastest counts (default ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "2",
            description = "rounds before those (default ${DEFAULT-VALUE})")
    private int warmUpRounds;

    @Option(
            names = "--clock",
            defaultValue = "wall",
            description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}): cpu counts the searching thread's "
                    + "processor time only, for a machine that is not idle")
    private LatencyClock clock;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "threads that both index and merge with (default ${DEFAULT-VALUE})")
    private int threads;

    @Option(names = "--reuse-indexes", description = "search the indexes that are there, building nothing")
    private boolean reuse;

    @Option(names = "--json", paramLabel = "FILE", description = "also write the results as JSON")
    private Path json;

    @Override
    public Integer call() throws IOException {
        // First of all: Lucene names its kernels only when it is loaded.
        Machine machine = Machine.describe();
        VectorPool pool = corpusArguments.pool();
        CorpusOptions options = corpusArguments.options(variant);
        SearchBench bench =
                new SearchBench(corpusArguments.work(), spec.commandLine().getErr());
        if (blockSize != 4 && blockSize != 8) {
            throw new ParameterException(spec.commandLine(), "--block-size must be 4 or 8, got " + blockSize);
        }
        for (double share : ignoredShares) {
            if (!(share > 0 && share < 1)) {
                throw new ParameterException(
                        spec.commandLine(), "--approximate takes shares above 0 and below 1, got " + share);
            }
        }
        if (reuse && !bench.hasIndexes()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--reuse-indexes finds no indexes in " + corpusArguments.work()
                            + "; leave it out once to build them");
        }
        Path corpus = bench.corpus(pool, options);
        List<BuildResult> builds =
                reuse ? List.of() : bench.build(corpus, new SkiffBuild(blockSize, postings, threads));
        List<Latency> latencies;
        try {
            latencies = bench.measure(corpus, ks, ignoredShares, warmUpRounds, rounds, clock);
        } catch (ScoreCheck.MismatchException e) {
            spec.commandLine().getErr().println("RESULTS DIFFER, nothing was timed: " + e.getMessage());
            return 1;
        }
        double queryTokens =
                pool.queries().stream().mapToInt(WeightedTokens::size).average().orElse(0);
        SearchReport report = new SearchReport(
                machine,
                new SearchReport.CorpusSummary(
                        pool.source(),
                        variant.toString(),
                        options.seed(),
                        options.documents(),
                        bench.postings(corpus),
                        options.queries(),
                        queryTokens,
                        rounds,
                        clock.toString()),
                builds,
                latencies);
        spec.commandLine().getOut().print(report.toMarkdown());
        spec.commandLine().getOut().flush();
        if (json != null) {
            JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), report);
        }
        return 0;
    }
}
