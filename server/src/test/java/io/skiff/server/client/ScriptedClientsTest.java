package io.skiff.server.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skiff.server.rest.ServedIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Elasticsearch's official clients for JavaScript and Python, unmodified, where Node or Python is there and can install
 * them; skipped with a word about why where not.
 */
@Timeout(300)
class ScriptedClientsTest {
    private static final Path INSTALLED = Path.of("target", "clients").toAbsolutePath();

    private static final List<String> EXPECTED = List.of(
            "ping: true",
            "version: 9.5.2",
            "create: true",
            "bulk: 3 0",
            "count: 3",
            "get: 1903",
            "match: 1",
            "vector and filter: 1,2",
            "rrf: 2,1",
            "sort: 3,2,1",
            "highlight: <em>Sailing</em> alone around the world",
            "neural_sparse: 2",
            "update: updated",
            "delete: deleted",
            "gone: true",
            "delete by query: 1",
            "left: 1",
            "refused: true 404 index_not_found_exception",
            "removed: true");

    private record Run(int exitCode, String output) {}

    /** Of the version that is new and of the last line before it. */
    @ParameterizedTest
    @ValueSource(strings = {"9.4.3", "8.19.2"})
    void theJavaScriptClientWorksUnmodified(String version, @TempDir Path data) throws Exception {
        Path folder = Files.createDirectories(INSTALLED.resolve("node-" + version));
        Files.writeString(folder.resolve("package.json"), "{\"private\": true}");
        install(folder, "npm", "install", "--no-audit", "--no-fund", "@elastic/elasticsearch@" + version);
        // Beside the modules, where Node looks for what a script imports.
        Path script = folder.resolve("scenario.mjs");
        Files.writeString(script, resource("scenario.mjs"));
        try (ServedIndex served = new ServedIndex(data)) {
            assertEquals(EXPECTED, lines(run(folder, Map.of(), "node", script.toString(), served.address())));
        }
    }

    @Test
    void thePythonClientWorksUnmodified(@TempDir Path data) throws Exception {
        Path folder = Files.createDirectories(INSTALLED.resolve("python"));
        Path modules = folder.resolve("modules");
        if (!Files.isDirectory(modules.resolve("elasticsearch"))) {
            install(
                    folder,
                    "python3",
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--target",
                    modules.toString(),
                    "elasticsearch==9.5.1");
        }
        Path script = folder.resolve("scenario.py");
        Files.writeString(script, resource("scenario.py"));
        try (ServedIndex served = new ServedIndex(data)) {
            Map<String, String> environment = Map.of("PYTHONPATH", modules.toString());
            assertEquals(EXPECTED, lines(run(folder, environment, "python3", script.toString(), served.address())));
        }
    }

    private static void install(Path folder, String... command) throws InterruptedException {
        Run installed;
        try {
            installed = run(folder, Map.of(), command);
        } catch (IOException e) {
            installed = new Run(-1, e.getMessage());
        }
        assumeTrue(
                installed.exitCode() == 0,
                "skipped, the client could not be installed by " + String.join(" ", command) + ": "
                        + installed.output());
    }

    private static List<String> lines(Run run) {
        assertEquals(0, run.exitCode(), run.output());
        return run.output().lines().toList();
    }

    private static Run run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return new Run(-1, "still running after two minutes");
        }
        return new Run(process.exitValue(), Files.readString(output));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ScriptedClientsTest.class.getResourceAsStream("/clients/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
