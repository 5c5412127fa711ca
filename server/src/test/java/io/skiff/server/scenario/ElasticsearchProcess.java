package io.skiff.server.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real Elasticsearch node in a process of its own, which the module {@code elasticsearch} has the jars of. */
final class ElasticsearchProcess implements AutoCloseable {
    private final Process process;
    private final String address;

    /** Starts one, with its data and its log below a folder. */
    ElasticsearchProcess(Path module, Path folder) throws IOException {
        Path home = module.resolve("target").resolve("node");
        Path log = folder.resolve("elasticsearch.log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        home.resolve("lib") + "/*",
                        module.resolve("ElasticsearchNode.java").toString(),
                        home.toString(),
                        folder.resolve("data").toString())
                .redirectError(log.toFile())
                .start();
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        while (line != null && !line.startsWith("http://")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("Elasticsearch did not start: " + Files.readString(log));
        }
        address = line;
    }

    String address() {
        return address;
    }

    /** Its standard input ends, and so does it. */
    @Override
    public void close() {
        try {
            process.outputWriter().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
    }
}
