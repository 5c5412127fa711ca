package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.security.ApiKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class ServeCommandTest {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

    @TempDir
    private Path data;

    private final StringWriter err = new StringWriter();

    private int serve(String... options) {
        return commandLine(new PrintWriter(new StringWriter())).execute(arguments(options));
    }

    private CommandLine commandLine(PrintWriter out) {
        return Skiff.commandLine().setOut(out).setErr(new PrintWriter(err, true));
    }

    private String[] arguments(String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "serve";
        arguments[1] = "--data";
        arguments[2] = data.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return arguments;
    }

    @Test
    void refusesAnAddressThatOthersReach() {
        assertEquals(2, serve("--host", "0.0.0.0", "--port", "0"));
        assertTrue(err.toString().contains("--insecure"), err.toString());
    }

    @Test
    void keysAloneOrTlsAloneDoNotMakeItSafe() {
        assertEquals(2, serve("--host", "0.0.0.0", "--api-keys", "keys.txt"));
        assertEquals(2, serve("--host", "0.0.0.0", "--tls-cert", "a", "--tls-key", "b"));
        assertEquals(2, serve("--tls-cert", "a"));
        assertTrue(err.toString().contains("--tls-cert and --tls-key go together"), err.toString());
        assertEquals(
                1, serve("--port", "0", "--api-keys", data.resolve("none.txt").toString()));
        assertTrue(err.toString().contains("none.txt"), err.toString());
    }

    @Test
    void takesWhatIsNotGivenFromAFile() throws IOException {
        Path config = Files.writeString(data.resolve("skiff.conf"), "port = 70000\n");
        assertEquals(2, serve("--config", config.toString()));
        assertTrue(err.toString().contains("port must be in 0..65535, got 70000"), err.toString());
        Files.writeString(config, "port = 0\ndevice = -1\n");
        assertEquals(2, serve("--config", config.toString()));
        assertTrue(err.toString().contains("--device must be 0 or more, got -1"), err.toString());
        Files.writeString(config, "query-batch = none\n");
        assertEquals(2, serve("--config", config.toString()));
        assertTrue(err.toString().contains("--query-batch"), err.toString());
        Files.writeString(config, "insecure = true\n");
        assertEquals(2, serve("--config", config.toString()));
        assertTrue(err.toString().contains("there is no setting 'insecure'"), err.toString());
    }

    @Test
    void makesKeysThatItKnows() throws IOException {
        Path keys = data.resolve("keys.txt");
        StringWriter out = new StringWriter();
        assertEquals(
                0,
                commandLine(new PrintWriter(out, true))
                        .execute("api-key", "--keys", keys.toString(), "--name", "k", "--scope", "read,write"));
        assertTrue(ApiKeys.load(keys)
                .authenticate("ApiKey " + out.toString().strip())
                .isPresent());
        assertEquals(
                2,
                commandLine(new PrintWriter(out, true))
                        .execute("api-key", "--keys", keys.toString(), "--name", "two words"));
    }

    @Test
    void refusesValuesOutOfRange() {
        assertEquals(2, serve("--port", "70000"));
        assertTrue(err.toString().contains("0..65535"), err.toString());
        assertEquals(2, serve("--threads", "0"));
        assertEquals(2, serve("--queue", "0"));
    }

    @Test
    void namesTheFolderThatIsNotThere() {
        data = data.resolve("nowhere");
        assertEquals(1, serve("--port", "0"));
        assertTrue(err.toString().contains(data + ": no such file or directory"), err.toString());
    }

    @Test
    void namesTheFileThatIsNoFolder() throws IOException {
        data = Files.createFile(data.resolve("file"));
        assertEquals(1, serve("--port", "0"));
        assertTrue(err.toString().contains(data + ": is not a directory"), err.toString());
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(1, serve("--port", "" + taken.getLocalPort()));
            assertTrue(err.toString().contains("port " + taken.getLocalPort() + " is in use"), err.toString());
        }
    }

    @Test
    void servesUntilItIsStopped() throws Exception {
        CompletableFuture<URI> address = new CompletableFuture<>();
        PrintWriter out = new PrintWriter(new StringWriter() {
            @Override
            public void flush() {
                Matcher found = ADDRESS.matcher(toString());
                if (found.find()) {
                    address.complete(URI.create(found.group()));
                }
            }
        });
        CommandLine commandLine = commandLine(out);
        Thread serving = Thread.ofPlatform().start(() -> commandLine.execute(arguments("--port", "0")));
        URI root = address.get(30, TimeUnit.SECONDS);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest health =
                    HttpRequest.newBuilder(root.resolve("_cluster/health")).build();
            assertEquals(200, client.send(health, BodyHandlers.ofString()).statusCode());
        }
        assertTrue(err.toString().contains("no index in"), err.toString());
        serving.interrupt();
        serving.join();
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), root.getPort()));
            assertTrue(free.isBound(), "the port is free again");
        }
    }
}
