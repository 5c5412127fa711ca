package io.skiff.server.cli;

import io.skiff.encoder.onnx.ModelOptions;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.collection.EncoderPool;
import io.skiff.server.http.ServerOptions;
import io.skiff.server.http.SkiffServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder of indexes; each folder in it that is an index is served under its name.")
    private Path data;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            showDefaultValue = picocli.CommandLine.Help.Visibility.ALWAYS,
            description = "Address to listen at.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + ServerOptions.DEFAULT_PORT,
            showDefaultValue = picocli.CommandLine.Help.Visibility.ALWAYS,
            description = "Port to listen at; 0 for any free one.")
    private int port;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Searches that run at a time. Default: as many as the machine has processors.")
    private Integer threads;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "" + ServerOptions.DEFAULT_QUEUE_CAPACITY,
            showDefaultValue = picocli.CommandLine.Help.Visibility.ALWAYS,
            description = "Searches that may wait for a thread; more are refused with status 429.")
    private int queue;

    @Option(
            names = "--max-body-bytes",
            paramLabel = "N",
            defaultValue = "" + ServerOptions.DEFAULT_MAX_BODY_BYTES,
            showDefaultValue = picocli.CommandLine.Help.Visibility.ALWAYS,
            description = "Largest body of a request; a larger one is refused with status 413.")
    private int maxBodyBytes;

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

    @Option(
            names = "--insecure",
            description = "Allow a --host that other machines can reach: this version has neither TLS nor keys, so"
                    + " everyone who reaches the port can read every index.")
    private boolean insecure;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerOptions options = options();
        requireLoopback();
        ModelOptions models = new ModelOptions(Optional.ofNullable(model), execution.options(), queryBatches.options());
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        // Ctrl-C and a polite kill end the JVM once its shutdown hooks have: this one waits for the server's end.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped), "skiff-shutdown"));
        try (Collections collections = Collections.open(data, new EncoderPool(models));
                SkiffServer server = SkiffServer.start(collections, options)) {
            announce(collections, server.address());
            stop.await();
        } finally {
            stopped.countDown();
        }
        return ExitCode.OK;
    }

    private ServerOptions options() {
        int searchThreads = threads == null ? ServerOptions.at(host, 0).searchThreads() : threads;
        try {
            return new ServerOptions(host, port, searchThreads, queue, maxBodyBytes);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void requireLoopback() throws UnknownHostException {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new UnknownHostException(
                    "--host " + host + " has no address; give a name or address of this machine");
        }
        if (!address.isLoopbackAddress() && !insecure) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--host " + host + " can be reached from other machines, and this version has neither TLS nor keys:"
                            + " everyone who reaches it could read every index. Leave --host at 127.0.0.1, or add"
                            + " --insecure if the network is one that you trust");
        }
    }

    private void announce(Collections collections, InetSocketAddress address) {
        PrintWriter out = spec.commandLine().getOut();
        int count = collections.all().size();
        long documents = collections.all().values().stream()
                .mapToLong((Collection collection) -> collection.reader().documentCount())
                .sum();
        out.printf(
                Locale.ROOT,
                "http://%s:%d/ serves %d %s, %,d documents (Ctrl-C stops)%n",
                host.contains(":") ? "[" + host + "]" : host,
                address.getPort(),
                count,
                count == 1 ? "index" : "indexes",
                documents);
        out.flush();
        if (count == 0) {
            spec.commandLine()
                    .getErr()
                    .println("skiff: no index in " + data + "; build one with: skiff index --index "
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
