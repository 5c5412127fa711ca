package io.skiff.bench.load;

import io.skiff.bench.corpus.CorpusFile;
import io.skiff.bench.corpus.Variant;
import io.skiff.bench.corpus.VectorPool;
import io.skiff.bench.corpus.WeightedTokens;
import io.skiff.bench.search.CorpusArguments;
import io.skiff.bench.search.DocumentCount;
import io.skiff.bench.search.Machine;
import io.skiff.index.SparseVector;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.collection.DurableFiles;
import io.skiff.server.http.SkiffServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skiff bench load}. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Measures a server under load, over sockets on this machine, with searches by sparse vector.",
            "First what the server adds: the same queries on one keep-alive connection and in process, in turns. Then,"
                    + " for each number of connections, what is answered a second when every connection is always busy"
                    + " (closed loop), and latency at a share of that, at random moments, from when each request was"
                    + " due (open loop). With --ingest also what writing costs those who search. Client and server"
                    + " share the machine's processors."
        },
        footerHeading = "%n",
        footer = {
            "The server runs in this process unless --url names one. Such a one has to serve the same index, as"
                    + " skiff serve --data WORK/load-N-data does once this command has built it.",
            "1M documents need a heap of about 4 GB to be built: SKIFF_JAVA_OPTS=-Xmx4g."
        })
public final class LoadCommand implements Callable<Integer> {
    private static final String INDEX = "load";
    private static final String WRITTEN_INDEX = "load-written";

    @Spec
    private CommandSpec spec;

    @Mixin
    private CorpusArguments corpusArguments;

    @Option(names = "--k", paramLabel = "N", defaultValue = "10", description = "Hits (default: ${DEFAULT-VALUE}).")
    private int k;

    @Option(names = "--url", paramLabel = "URL", description = "A running server, such as http://127.0.0.1:9200.")
    private String url;

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2,4,8,16,32,64,128,256",
            description = "Connections at a time (default: ${DEFAULT-VALUE}).")
    private List<Integer> connections;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Length of each phase (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--share",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description =
                    "Rate of the open loop, as a share of the closed loop's throughput (default: ${DEFAULT-VALUE}).")
    private double share;

    @Option(
            names = "--ingest",
            paramLabel = "RATE",
            defaultValue = "0",
            description = "Also write so many documents a second, by _bulk, with searches running; 0 for none"
                    + " (default: ${DEFAULT-VALUE}).")
    private double ingestRate;

    @Option(
            names = "--ingest-base",
            paramLabel = "N",
            defaultValue = "50k",
            converter = DocumentCount.class,
            description = "Documents that are written before that (default: ${DEFAULT-VALUE}).")
    private int ingestBase;

    @Option(
            names = "--ingest-seconds",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "How long that goes on (default: ${DEFAULT-VALUE}), after up to 5 seconds of warm-up; the corpus must"
                            + " have documents for both.")
    private int ingestSeconds;

    @Option(
            names = "--bulk",
            paramLabel = "N",
            defaultValue = "500",
            description = "Documents in a bulk (default: ${DEFAULT-VALUE}).")
    private int bulkDocuments;

    @Option(
            names = "--search-rate",
            paramLabel = "RATE",
            defaultValue = "100",
            description = "Searches a second meanwhile (default: ${DEFAULT-VALUE}).")
    private double searchRate;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Timed rounds of the comparison with searches in process (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "Rounds before those that are not timed (default: ${DEFAULT-VALUE}): a server's code is compiled"
                            + " as it runs, and is slower until that is done.")
    private int warmUpRounds;

    @Override
    public Integer call() throws IOException {
        require(
                ingestRate >= 0 && bulkDocuments >= 1 && searchRate > 0 && ingestSeconds >= 1,
                "--ingest must be 0 or more, --bulk and --ingest-seconds 1 or more, --search-rate above 0");
        require(share > 0 && share < 1, "--share must be above 0 and below 1, got " + share);
        require(
                seconds >= 1 && rounds >= 1 && warmUpRounds >= 0,
                "--seconds and --rounds must be 1 or more, --warm-up 0 or more");
        require(connections.stream().allMatch(n -> n >= 1 && n <= 4096), "--connections must be from 1 to 4096");
        PrintWriter err = spec.commandLine().getErr();
        Machine machine = Machine.describe();
        VectorPool pool = corpusArguments.pool();
        LoadCorpus corpora = new LoadCorpus(corpusArguments.work(), err);
        Path corpus = corpora.corpus(pool, corpusArguments.options(Variant.DEFAULT));
        Path data = corpora.data(corpus);
        LoadReport report = new LoadReport(machine, corpusArguments.documents(), pool.source(), k);
        try (Collection collection = Collection.open(INDEX, data.resolve(INDEX));
                CorpusFile.Reader reader = new CorpusFile.Reader(corpus)) {
            List<SparseVector> searched = new ArrayList<>();
            List<byte[]> requests = new ArrayList<>();
            for (WeightedTokens query : reader.queries()) {
                searched.add(query.toSparseVector(reader.vocabulary()));
                requests.add(LoadRequests.search(INDEX, query, reader.vocabulary(), k));
            }
            if (url != null) {
                measure(target(INDEX), collection, searched, requests, report);
            } else {
                try (Collections collections = Collections.open(data);
                        SkiffServer server = SkiffServer.start(collections, "127.0.0.1", 0)) {
                    measure(new Target(server.address(), INDEX), collection, searched, requests, report);
                }
            }
        }
        if (ingestRate > 0) {
            ingest(corpus, report);
        }
        spec.commandLine().getOut().print(report.toMarkdown());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private Target target(String index) {
        try {
            return Target.of(url, index);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void measure(
            Target target, Collection collection, List<SparseVector> searched, List<byte[]> requests, LoadReport report)
            throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Duration length = Duration.ofSeconds(seconds);
        // Also what compiles the server's code before anything is timed.
        new ClosedLoop(target, requests, 2).run(length);
        report.added(AddedLatency.measure(collection, target, searched, requests, k, warmUpRounds, rounds));
        for (int count : connections) {
            err.printf("load: %d connections%n", count);
            err.flush();
            LoadResult closed = new ClosedLoop(target, requests, count).run(length);
            double rate = share * closed.perSecond();
            LoadResult open = new OpenLoop(
                            target,
                            i -> ByteBuffer.wrap(requests.get(i % requests.size())),
                            connection -> true,
                            count,
                            rate)
                    .run(length);
            report.connections(count, closed, rate, open);
        }
    }

    private void ingest(Path corpus, LoadReport report) throws IOException {
        IngestLoad.Plan plan = new IngestLoad.Plan(
                ingestBase, bulkDocuments, ingestRate, searchRate, Duration.ofSeconds(ingestSeconds));
        if (url != null) {
            report.ingest(IngestLoad.measure(target(WRITTEN_INDEX), corpus, plan, k), ingestBase);
            return;
        }
        Path data = Files.createTempDirectory(corpusArguments.work(), "load-written-");
        try (Collections collections = Collections.open(data);
                SkiffServer server = SkiffServer.start(collections, "127.0.0.1", 0)) {
            Target target = new Target(server.address(), WRITTEN_INDEX);
            report.ingest(IngestLoad.measure(target, corpus, plan, k), ingestBase);
        } finally {
            DurableFiles.delete(data);
        }
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
