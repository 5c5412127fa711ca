package io.skiff.server.cli;

import io.skiff.encoder.onnx.ModelOptions;
import io.skiff.server.collection.Collections;
import io.skiff.server.collection.EncoderPool;
import io.skiff.server.http.ServerOptions;
import io.skiff.server.http.ServiceOptions;
import io.skiff.server.http.SkiffServer;
import io.skiff.server.http.TlsFiles;
import io.skiff.server.rest.Access;
import io.skiff.server.rest.query.QueryLimits;
import io.skiff.server.security.ApiKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skiff serve}: serves the indexes of a folder until it is told to stop. */
@Command(
        name = "serve",
        description =
                "Serve the indexes of a folder over HTTP, in Elasticsearch's dialect and with a page for browsers.",
        mixinStandardHelpOptions = true,
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = {"  skiff index --index data/cacm cacm/", "  skiff serve --data data"})
final class ServeCommand implements Callable<Integer> {
    private static final String DEFAULT_HOST = "127.0.0.1";

    /** What must be given as an option: where the others stand, and what must be meant. */
    private static final Set<String> OPTIONS_ONLY = Set.of("config", "insecure", "help", "version");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of indexes; each folder in it that is an index is served under its name.")
    private Path data;

    @Option(names = "--host", paramLabel = "HOST", description = "Address to listen at. Default: " + DEFAULT_HOST + ".")
    private String host = DEFAULT_HOST;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen at; 0 for any free one. Default: " + ServerOptions.DEFAULT_PORT + ".")
    private int port = ServerOptions.DEFAULT_PORT;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Searches that run at a time. Default: as many as the machine has processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--queue",
            paramLabel = "N",
            description = "Searches that may wait for a thread, and writes too; more are refused with status 429."
                    + " Default: "
                    + ServerOptions.DEFAULT_QUEUE_CAPACITY + ".")
    private int queue = ServerOptions.DEFAULT_QUEUE_CAPACITY;

    @Option(
            names = "--max-body-bytes",
            paramLabel = "N",
            description = "Largest body of a request; a larger one is refused with status 413. Default: "
                    + ServerOptions.DEFAULT_MAX_BODY_BYTES + ".")
    private int maxBodyBytes = ServerOptions.DEFAULT_MAX_BODY_BYTES;

    @Option(
            names = "--max-clauses",
            paramLabel = "N",
            description = "Most queries in a request, those inside others too. Default: 1024.")
    private int maxClauses = QueryLimits.DEFAULT.maxClauses();

    @Option(
            names = "--max-query-depth",
            paramLabel = "N",
            description = "How deep queries may stand in queries. Default: 30.")
    private int maxQueryDepth = QueryLimits.DEFAULT.maxDepth();

    @Option(names = "--max-terms", paramLabel = "N", description = "Most values in one terms or ids. Default: 65536.")
    private int maxTerms = QueryLimits.DEFAULT.maxTerms();

    @Option(
            names = "--slow-ms",
            paramLabel = "N",
            description = "Log requests that take so many milliseconds or longer. Default: none.")
    private int slowMs = -1;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Serve over TLS with this certificate, a PEM file; needs --tls-key.")
    private Path tlsCert;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The certificate's private key, a PEM file (PKCS #8, no password).")
    private Path tlsKey;

    @Option(
            names = "--api-keys",
            paramLabel = "FILE",
            description = "Answer only those who show a key of this file; see skiff api-key.")
    private Path apiKeys;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take options that are not given from this file, in lines like: port = 9200. The environment"
                    + " wins over it: SKIFF_PORT=9200.")
    private Path config;

    @Option(
            names = "--encoder",
            paramLabel = "MODEL_DIR",
            description = "The model for all fields that a model of its vocabulary made, wherever that was. Default:"
                    + " each field's own, where it was when the index was made.")
    private Path model;

    @Mixin
    private ExecutionArguments execution;

    @Mixin
    private QueryBatchArguments queryBatches;

    @Mixin
    private WriteArguments writes;

    @Option(
            names = "--insecure",
            description = "Allow a --host that other machines can reach without TLS and keys: everyone who reaches the"
                    + " port can read and write every index.")
    private boolean insecure;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerOptions options;
        ServiceOptions service;
        try {
            resolve();
            options = options();
            service = service(options);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        ModelOptions models = new ModelOptions(Optional.ofNullable(model), execution.options(), queryBatches.options());
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        // Ctrl-C and a polite kill end the JVM once its shutdown hooks have: this one waits for the server's end.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped), "skiff-shutdown"));
        try (Collections collections = Collections.open(data, new EncoderPool(models), writes.models());
                SkiffServer server = SkiffServer.start(collections, options, service)) {
            announce(collections, server.address(), options.tls().isPresent());
            stop.await();
        } finally {
            stopped.countDown();
        }
        return ExitCode.OK;
    }

    /** Reads what was not given as an option from the environment and the file, as if it had been. */
    private void resolve() throws IOException {
        Map<String, String> environment = System.getenv();
        Optional<Path> file = Optional.ofNullable(config)
                .or(() -> Optional.ofNullable(environment.get("SKIFF_CONFIG")).map(Path::of));
        Set<String> names = new TreeSet<>();
        spec.options().forEach(option -> names.add(name(option)));
        names.removeAll(OPTIONS_ONLY);
        ServeSettings settings = ServeSettings.read(environment, file, names);
        List<String> arguments = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                option.originalStringValues().forEach(value -> arguments.add(option.longestName() + "=" + value));
            } else if (names.contains(name(option))) {
                settings.find(name(option), text -> text)
                        .ifPresent(value -> found.add(option.longestName() + "=" + value));
            }
        }
        arguments.addAll(found);
        if (!found.isEmpty()) {
            spec.commandLine().parseArgs(arguments.toArray(String[]::new));
        }
        if (data == null) {
            throw new IllegalArgumentException("Missing required option: '--data=DIR'");
        }
    }

    private static String name(OptionSpec option) {
        return option.longestName().substring("--".length());
    }

    private ServerOptions options() {
        if ((tlsCert == null) != (tlsKey == null)) {
            throw new IllegalArgumentException("--tls-cert and --tls-key go together; one of them is missing");
        }
        return new ServerOptions(
                host,
                port,
                threads,
                writes.threads(),
                queue,
                maxBodyBytes,
                tlsCert == null ? Optional.empty() : Optional.of(new TlsFiles(tlsCert, tlsKey)));
    }

    private ServiceOptions service(ServerOptions options) throws IOException {
        requireSafe(options);
        QueryLimits limits = new QueryLimits(maxQueryDepth, maxClauses, maxTerms, QueryLimits.DEFAULT.maxTokens());
        return new ServiceOptions(
                apiKeys == null ? Access.OPEN : Access.of(ApiKeys.load(apiKeys)),
                limits,
                writes.options(),
                slowMs < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(slowMs)));
    }

    private void requireSafe(ServerOptions options) throws UnknownHostException {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new UnknownHostException(
                    "--host " + host + " has no address; give a name or address of this machine");
        }
        boolean secured = options.tls().isPresent() && apiKeys != null;
        if (!address.isLoopbackAddress() && !secured && !insecure) {
            throw new IllegalArgumentException("--host " + host + " can be reached from other machines, and without TLS"
                    + " and keys everyone who reaches it could read every index. Give --tls-cert, --tls-key and --api-keys,"
                    + " leave --host at " + DEFAULT_HOST + ", or add --insecure if the network is one that you trust");
        }
    }

    private void announce(Collections collections, InetSocketAddress address, boolean tls) {
        PrintWriter out = spec.commandLine().getOut();
        int count = collections.names().size();
        LongAdder documents = new LongAdder();
        collections.forEach(collection -> documents.add(collection.reader().liveDocumentCount()));
        out.printf(
                Locale.ROOT,
                "%s://%s:%d/ serves %d %s, %,d documents (Ctrl-C stops)%n",
                tls ? "https" : "http",
                host.contains(":") ? "[" + host + "]" : host,
                address.getPort(),
                count,
                count == 1 ? "index" : "indexes",
                documents.sum());
        out.flush();
        if (count == 0) {
            spec.commandLine()
                    .getErr()
                    .println("skiff: no index in " + data
                            + " yet; make one with PUT /NAME, or build it with: skiff index --index "
                            + data.resolve("NAME") + " INPUT");
        }
    }

    private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
