package io.skiff.bench.search;

import io.skiff.scoring.SimdSupport;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.apache.lucene.util.VectorUtil;
import org.apache.lucene.util.Version;

/**
 * What a result was measured on.
 *
 * @param cpu the processor's own name
 * @param cores processors this JVM may use
 * @param heapMegabytes the largest heap
 * @param jdk version and vendor
 * @param jvmFlags as given on the command line
 * @param skiffCommit the commit measured, if the class files lie in a checkout
 * @param skiffKernel which kernels Skiff uses
 * @param lucene version, and what it says of its own use of the Vector API
 */
public record Machine(
        String cpu,
        int cores,
        long heapMegabytes,
        String jdk,
        List<String> jvmFlags,
        String skiffCommit,
        String skiffKernel,
        String lucene) {
    private static final String LUCENE_KERNELS = "org.apache.lucene.internal.vectorization";

    /** This machine; to be called before anything of Lucene is, which names its kernels only when it is loaded. */
    public static Machine describe() {
        Runtime runtime = Runtime.getRuntime();
        return new Machine(
                cpuName(),
                runtime.availableProcessors(),
                runtime.maxMemory() >> 20,
                Runtime.version() + " " + System.getProperty("java.vendor"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                commit(),
                SimdSupport.describe(),
                Version.LATEST + ", " + luceneKernel());
    }

    private static String cpuName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            // No Linux.
            return System.getProperty("os.arch");
        }
    }

    private static String commit() {
        try {
            Path classes = Path.of(Machine.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
                    .directory(classes.getParent().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader reader = git.inputReader()) {
                String line = reader.readLine();
                return line == null ? "unknown" : line;
            }
        } catch (IOException | URISyntaxException e) {
            return "unknown";
        }
    }

    /** Lucene tells which kernels it chose only in its log, when it chooses them. */
    private static String luceneKernel() {
        List<String> messages = new ArrayList<>();
        Logger logger = Logger.getLogger(LUCENE_KERNELS);
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                messages.add(new SimpleFormatter().formatMessage(record));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        float one = VectorUtil.dotProduct(new float[] {1}, new float[] {1});
        logger.removeHandler(handler);
        return one == 1 && !messages.isEmpty() ? String.join("; ", messages) : "no word of the Vector API";
    }
}
