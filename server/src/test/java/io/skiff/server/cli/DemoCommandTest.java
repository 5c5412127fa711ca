package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.scoring.SparseQuery;
import io.skiff.server.collection.Collection;
import io.skiff.server.model.WordModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {
    private static final Pattern PAGE = Pattern.compile("Search page: (http://127\\.0\\.0\\.1:\\d+/)");

    @TempDir
    Path docs;

    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void twoFiles() throws IOException {
        Files.writeString(docs.resolve("boats.md"), "# Rowing boats\nA skiff is a small boat for one or two people.\n");
        Files.writeString(docs.resolve("cars.txt"), "Cars have four wheels and a motor, and boats have none.\n");
    }

    private int demo(String... more) {
        List<String> arguments = new ArrayList<>(List.of("demo", "--docs", docs.toString(), "--data", data.toString()));
        arguments.addAll(List.of(more));
        return execute(arguments);
    }

    /** Into a field of its own, of an index beside that of BM25 alone; a word that no document has finds what it was expanded to. */
    @Test
    void aModelEncodesBesideBm25(@TempDir Path models) throws IOException {
        Path model = new WordModel("boat", "ship", "rowing")
                .expand("boat", "ship", .5)
                .write(models.resolve("words"));
        assertEquals(0, demo("--once", "--encoder", model.toString()), err.toString());
        assertTrue(err.toString().contains("with BM25 and the model 'words'"), err.toString());
        try (Collection collection =
                Collection.open("docs", data.resolve("hybrid").resolve("docs").resolve("docs"))) {
            assertEquals(
                    Set.of("text", "text_learned"), collection.reader().fields().keySet());
            assertEquals(
                    "words", collection.encoder("text_learned").orElseThrow().name());
            SparseQuery ship = SparseQuery.of("text_learned", collection.encodeQuery("text_learned", "ship"));
            assertEquals(1, collection.searcher().search(ship, 5).hits().size());
        }
        assertEquals(0, demo("--once", "--encoder", model.toString()), err.toString());
        assertTrue(err.toString().contains("Opening the index"), err.toString());
        assertEquals(1, demo("--once", "--encoder", docs.toString()));
        assertTrue(err.toString().contains(docs.toString()), err.toString());
    }

    private int execute(List<String> arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine = Skiff.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    @Test
    void indexesServesAsksAndExits() {
        assertEquals(0, demo("--once"), err.toString());
        String answer = out.toString();
        assertTrue(answer.contains("$ curl -s 'http://127.0.0.1:"), answer);
        assertTrue(answer.contains("1. ") && answer.contains("  Rowing boats\n"), answer);
        assertTrue(answer.contains("  A skiff is a small boat for one or two people.\n"), answer);
        assertTrue(answer.contains("2 hits for \"Rowing boats\" among 2 documents"), answer);
        assertTrue(answer.contains("ms (median of"), answer);
        assertTrue(PAGE.matcher(answer).find(), answer);
        assertTrue(err.toString().contains("Indexed 2 documents"), err.toString());
    }

    @Test
    void keepsTheIndexUntilTheDocumentsChange() throws IOException {
        assertEquals(0, demo("--once"), err.toString());
        assertEquals(0, demo("--once"), err.toString());
        assertTrue(err.toString().contains("Opening the index"), err.toString());
        assertFalse(err.toString().contains("Indexing "), err.toString());

        Files.writeString(docs.resolve("trains.md"), "# Trains\nTrains run on rails.\n");
        assertEquals(0, demo("--once"), err.toString());
        assertTrue(err.toString().contains("Indexed 3 documents"), err.toString());
    }

    @Test
    void skippedFilesAndLinesAreCounted() throws IOException {
        Files.write(docs.resolve("picture.txt"), new byte[] {(byte) 0xff, (byte) 0xd8, 0});
        Files.writeString(docs.resolve("lines.jsonl"), "{\"_id\": \"1\", \"text\": \"sound\"}\n{broken\n");
        assertEquals(0, demo("--once"), err.toString());
        assertTrue(err.toString().contains("Indexed 3 documents"), err.toString());
        assertTrue(err.toString().contains("too large: 1."), err.toString());
        assertTrue(err.toString().contains("bad lines: 1,"), err.toString());
        assertTrue(err.toString().contains("lines.jsonl:2: "), err.toString());
    }

    @Test
    void staysUpWithoutOnce() throws Exception {
        Thread demo = Thread.ofPlatform().start(() -> demo("--port", "0"));
        try {
            Matcher page = PAGE.matcher(out.toString());
            while (!page.find() && demo.isAlive()) {
                Thread.sleep(Duration.ofMillis(20));
                page = PAGE.matcher(out.toString());
            }
            assertTrue(demo.isAlive(), err.toString());
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(page.group(1)))
                        .header("Accept", "text/html")
                        .build();
                assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
            }
        } finally {
            demo.interrupt();
            demo.join();
        }
    }

    @Test
    void aPortThatIsTakenIsNamedWithTheOption() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertEquals(1, demo("--once", "--port", port));
            assertTrue(err.toString().contains(port) && err.toString().contains("--port"), err.toString());
        }
    }

    @Test
    void wrongUsageIsToldBeforeAnythingIsBuilt() throws IOException {
        assertEquals(2, demo("--once", "--port", "65536"));
        assertTrue(err.toString().contains("--port must be 0 to 65535, got 65536"), err.toString());
        assertEquals(
                2, execute(List.of("demo", "--docs", docs.resolve("missing").toString())));
        assertTrue(err.toString().contains("--docs"), err.toString());
        assertEquals(
                2, execute(List.of("demo", "--docs", docs.resolve("cars.txt").toString())));
        assertTrue(err.toString().contains("this is a file"), err.toString());
        assertEquals(2, demo("--nonsense"));
        assertEquals(0, data.toFile().list().length);
    }

    @Test
    void aFolderWithoutDocumentsFails() {
        assertEquals(1, execute(List.of("demo", "--once", "--docs", data.toString(), "--data", docs.toString())));
        assertTrue(err.toString().contains("no file ends in .jsonl, .md, .txt"), err.toString());
    }
}
