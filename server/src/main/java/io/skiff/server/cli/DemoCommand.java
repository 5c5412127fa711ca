package io.skiff.server.cli;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.index.BuildOptions;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.collection.FolderSize;
import io.skiff.server.demo.DemoCollection;
import io.skiff.server.demo.DemoIndex;
import io.skiff.server.demo.FolderSource;
import io.skiff.server.demo.JdkApiSource;
import io.skiff.server.demo.SampleSearch;
import io.skiff.server.http.SkiffServer;
import io.skiff.server.ingest.DocumentSource;
import io.skiff.server.ingest.IndexJob;
import io.skiff.server.ingest.IndexOptions;
import io.skiff.server.ingest.IndexReport;
import io.skiff.server.ingest.TextEncoding;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skiff demo}: a real collection, indexed, served and asked, without anything to download. */
@Command(
        name = "demo",
        description = "Index the API documentation of the JDK that runs this, serve it, and ask it a question.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%n",
        footer = {
            "The index is kept for the next start and built anew when the documents have changed. Where the JDK",
            "has no lib/src.zip, the project's own documents are indexed instead.",
            "",
            "--docs reads .md files by section, .txt files by passage, and .jsonl files of",
            "{\"_id\", \"title\", \"text\"}, in all folders below; hidden ones and links are passed over. Files that",
            "are not UTF-8, and .md and .txt files of more than 32 MiB, are skipped and counted.",
            "",
            "With --encoder a model encodes the documents beside BM25, into a second field of the index, so that the",
            "page can search by either and by both together.",
            "",
            "Examples:",
            "  skiff demo",
            "  skiff demo --encoder models/splade",
            "  skiff demo --docs ~/notes --port 9300"
        })
final class DemoCommand implements Callable<Integer> {
    private static final String HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 9200;
    private static final int MAX_PORT = 65_535;
    private static final int SAMPLE_HITS = 5;
    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final double NANOS_PER_MILLI = 1e6;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where to serve, on " + HOST + "; 0 for any free port. Default: " + DEFAULT_PORT
                    + ", with --once any free one.")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--docs", paramLabel = "DIR", description = "Index the documents of this folder instead.")
    private Optional<Path> docs = Optional.empty();

    @Option(
            names = "--encoder",
            paramLabel = "MODEL_DIR",
            description = "Encode the documents by the model in this folder too. Default: BM25 alone.")
    private Optional<Path> encoder = Optional.empty();

    @Mixin
    private ExecutionArguments execution;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where to keep the index. Default: skiff/demo in $$XDG_CACHE_HOME or ~/.cache.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--once", description = "Exit after the sample answer instead of serving on.")
    private boolean once;

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkOptions();
        DemoCollection demo = encoder.isPresent() ? withModel(collection(), encoder.get()) : collection();
        Path cache = data.orElseGet(DemoIndex::defaultCache);
        // Beside the index without a model, so that neither has to be built again for the other.
        DemoIndex index = new DemoIndex(encoder.isPresent() ? cache.resolve("hybrid") : cache, demo);
        prepare(index, demo);
        try (Collections collections = Collections.open(index.dataFolder());
                SkiffServer server = SkiffServer.start(collections, HOST, port.orElse(once ? 0 : DEFAULT_PORT))) {
            URI address = URI.create("http://" + HOST + ":" + server.address().getPort() + "/");
            try (Collection collection = collections
                    .acquire(demo.name())
                    .orElseThrow(() -> new IOException(index.directory() + ": the index has gone"))) {
                ask(demo, collection, address, FolderSize.bytes(index.directory()));
            }
            if (!once) {
                stayUp(server, address);
            }
        }
        return ExitCode.OK;
    }

    private void checkOptions() {
        if (port.isPresent() && (port.get() < 0 || port.get() > MAX_PORT)) {
            throw wrong("--port must be 0 to " + MAX_PORT + ", got " + port.get());
        }
        if (docs.isPresent() && !Files.isDirectory(docs.get())) {
            throw wrong("--docs " + docs.get() + ": expected a folder, "
                    + (Files.exists(docs.get()) ? "this is a file" : "there is none of that name"));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private DemoCollection collection() throws IOException {
        if (docs.isPresent()) {
            return DemoCollection.ofFolder(docs.get());
        }
        Optional<DemoCollection> jdk = DemoCollection.ofJdk();
        if (jdk.isPresent()) {
            return jdk.get();
        }
        say("This JDK carries no sources (%s), so the demo takes the project's own documents.", JdkApiSource.ARCHIVE);
        return DemoCollection.ofOwnDocuments();
    }

    /** Opens the model before anything is indexed, so that what is wrong with it is said at once. */
    private DemoCollection withModel(DemoCollection documents, Path folder) throws IOException {
        try (OnnxEncoder model = OnnxEncoder.open(folder, execution.options())) {
            return documents.withModel(folder, new TreeMap<>(model.attributes()).toString());
        }
    }

    private void prepare(DemoIndex index, DemoCollection demo) throws IOException {
        if (index.isCurrent()) {
            say("Opening the index of %s, kept in %s.", demo.description(), index.directory());
            return;
        }
        say("Indexing %s ...", demo.description());
        index.rebuild(directory -> build(directory, demo));
    }

    private void build(Path directory, DemoCollection demo) throws IOException {
        try (DocumentSource source = demo.opener().open()) {
            IndexReport report = build(directory, source);
            say(
                    "Indexed %,d documents in %.1f s; kept in %s.",
                    report.summary().documentCount(), report.elapsed().toMillis() / 1e3, directory);
            if (source instanceof FolderSource folder && folder.skippedCount() > 0) {
                say("Skipped files that are not UTF-8 text or too large: %,d.", folder.skippedCount());
            }
            if (report.skippedCount() > 0) {
                say(
                        "Skipped bad lines: %,d, such as %s",
                        report.skippedCount(), report.skipped().getFirst());
            }
        }
    }

    private IndexReport build(Path directory, DocumentSource source) throws IOException {
        // A bad line should not keep the others from being tried out: it is passed over and counted.
        TextEncoding encoding = encoder.isPresent()
                ? new TextEncoding.Both(Bm25Encoder.Parameters.DEFAULT, encoder.get(), execution.options())
                : new TextEncoding.Bm25(Bm25Encoder.Parameters.DEFAULT);
        IndexOptions options = new IndexOptions(
                directory,
                true,
                encoding,
                BuildOptions.DEFAULT,
                Runtime.getRuntime().availableProcessors(),
                true);
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressDisplay display = ProgressDisplay.start(err, "indexing", source.length(), source.unit())) {
            return IndexJob.run(
                    source, options, (from, count) -> display.update(done(from, count), progressNote(count)));
        }
    }

    /** Beside a model, reading takes no time: of the documents that are read at first, those count that are encoded. */
    private long done(DocumentSource from, long documentCount) {
        boolean reading = documentCount < IndexJob.SAMPLE_DOCUMENTS
                && from.position() < from.length().orElse(0);
        return encoder.isPresent() && reading
                ? from.position() * documentCount / IndexJob.SAMPLE_DOCUMENTS
                : from.position();
    }

    private static String progressNote(long documentCount) {
        // The first documents are read for BM25's average length before any is added.
        return documentCount == 0 ? "reading" : String.format(Locale.ROOT, "%,d documents", documentCount);
    }

    private void ask(DemoCollection demo, Collection collection, URI address, long sizeBytes) throws IOException {
        String query = demo.sampleQuery().orElseGet(() -> SampleSearch.wordsOf(collection.reader()));
        SampleSearch search = SampleSearch.of(address, demo.name(), IndexJob.TEXT_FIELD, query, SAMPLE_HITS);
        SampleSearch.Answer answer = search.run();
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("$ " + search.curl());
        out.println();
        int rank = 0;
        for (SampleSearch.Hit hit : answer.hits()) {
            out.printf(
                    Locale.ROOT, "%2d. %6.2f  %s%n            %s%n", ++rank, hit.score(), hit.title(), hit.snippet());
        }
        out.println();
        out.printf(
                Locale.ROOT,
                "%,d hits for \"%s\" among %,d documents (%.1f MB on disk).%n",
                answer.totalHits(),
                query,
                collection.reader().documentCount(),
                sizeBytes / BYTES_PER_MEGABYTE);
        out.printf(
                Locale.ROOT,
                "A search took %.2f ms (%s).%n",
                answer.medianNanos() / NANOS_PER_MILLI,
                SampleSearch.Answer.measurement());
        out.println("Search page: " + address);
        out.flush();
    }

    /** Serves until the JVM is told to end, as Ctrl-C does. */
    private void stayUp(SkiffServer server, URI address) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        say("Serving on %s until Ctrl-C.", address);
        new CountDownLatch(1).await();
    }

    private void say(String format, Object... values) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf(Locale.ROOT, format + "%n", values);
        err.flush();
    }
}
