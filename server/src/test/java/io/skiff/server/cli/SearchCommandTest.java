package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SearchCommandTest {
    private static final String VECTORS = """
            {"id":"first","vector":{"cat":3,"dog":1},"contents":"the first"}
            {"id":"second","vector":{"cat":3,"dog":1},"contents":"the second"}
            {"id":"third","vector":{"dog":255},"contents":"the third"}
            """;
    private static final String TEXTS = """
            {"_id":"sleep","title":"Sleep","text":"Cats sleep all day."}
            {"_id":"dogs","title":"Dogs","text":"A dog barks at a cat."}
            {"_id":"other","title":"Else","text":"Nothing to be found."}
            """;

    @TempDir
    private Path folder;

    private Path vectors;
    private Path texts;

    @BeforeEach
    void buildIndexes() throws IOException {
        vectors = folder.resolve("vectors");
        texts = folder.resolve("texts");
        Ran.skiff("index", "--index", vectors, write("vectors.jsonl", VECTORS)).done();
        Ran.skiff("index", "--index", texts, write("texts.jsonl", TEXTS)).done();
    }

    @Test
    void printsHitsForPeople() {
        List<String> lines = Ran.skiff("search", "--index", texts, "--query", "sleeping cat")
                .done()
                .lines();

        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.getFirst().matches(" +1 +[0-9.]+ +sleep +Sleep \\| Cats sleep all day\\."), lines.toString());
        assertTrue(lines.getLast().contains(" dogs "), lines.toString());
        assertEquals(
                List.of("no hits"),
                Ran.skiff("search", "--index", texts, "--query", "unicorn")
                        .done()
                        .lines());
    }

    @Test
    void explainsWhatEachTokenDoes() {
        List<String> lines = Ran.skiff("search", "--index", vectors, "--query", "cat:2 dog:5", "--explain", "--k", "1")
                .done()
                .lines();

        assertEquals(
                List.of("   1        1275  third       the third", "            1275  = 5 x 255  vector:dog"), lines);
    }

    @Test
    void explainsWhichTokensSearchForNothing() {
        List<String> given = Ran.skiff(
                        "search", "--index", vectors, "--query", "nowhere:2 dog:5", "--explain", "--k", "1")
                .done()
                .lines();
        assertEquals("      no document has: vector:nowhere", given.getLast());
        List<String> words = Ran.skiff("search", "--index", texts, "--query", "unheardof", "--explain")
                .done()
                .lines();
        assertEquals(List.of("no hits", "      no document has: text:unheardof"), words);
    }

    @Test
    void integerWeightsScoreExactlyAndTiesAreInOrderOfInsertion() throws IOException {
        Path run = folder.resolve("vectors.run");
        Path queries = write("q.tsv", "q1\tcat:2 dog:5\nq2\tcat:1\n");

        assertEquals(
                "",
                Ran.skiff("search", "--index", vectors, "--queries", queries, "--run", run)
                        .done()
                        .out());

        assertEquals(
                List.of(
                        "q1 Q0 third 1 1275 skiff",
                        "q1 Q0 first 2 11 skiff",
                        "q1 Q0 second 3 11 skiff",
                        "q2 Q0 first 1 3 skiff",
                        "q2 Q0 second 2 3 skiff"),
                Files.readAllLines(run));
    }

    @Test
    void queriesOfEachFormatGiveTheSameRun() throws IOException {
        List<String> expected = List.of("q Q0 first 1 6 skiff", "q Q0 second 2 6 skiff");
        for (String line : List.of("q\tcat:2", "q\tcat cat", "{\"id\":\"q\",\"vector\":{\"cat\":2}}")) {
            Path run = folder.resolve("run");
            Ran.skiff("search", "--index", vectors, "--queries", write("q", line), "--run", run)
                    .done();
            assertEquals(expected, Files.readAllLines(run), line);
        }
    }

    @Test
    void textQueriesOfEachFormatGiveTheSameRun() throws IOException {
        Path beir = folder.resolve("beir.run");
        Path tsv = folder.resolve("tsv.run");
        Path queries = write("q.jsonl", "{\"_id\":\"q\",\"text\":\"a cat\"}");
        Ran.skiff("search", "--index", texts, "--queries", queries, "--run", beir)
                .done();
        Ran.skiffReading(
                        "q\ta cat\n".getBytes(StandardCharsets.UTF_8),
                        "search",
                        "--index",
                        texts,
                        "--queries",
                        "-",
                        "--run",
                        tsv)
                .done();

        assertEquals(2, Files.readAllLines(beir).size());
        assertEquals(Files.readAllLines(beir), Files.readAllLines(tsv));
    }

    @Test
    void anIndexOfTextTakesVectorsOfItsTokensToo() throws IOException {
        Ran ran = Ran.skiff("search", "--index", texts, "--queries", write("q", "q\tdog:1\n"))
                .done();

        assertEquals("query q", ran.lines().getFirst());
        assertTrue(ran.lines().get(1).contains(" dogs "), ran.out());
    }

    @Test
    void theNumberOfThreadsDoesNotChangeTheRun() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            lines.append("q").append(i).append(i % 2 == 0 ? "\tcat:" : "\tdog:").append(i % 9 + 1);
            lines.append('\n');
        }
        Path queries = write("q.tsv", lines.toString());
        Path one = folder.resolve("one.run");
        Path four = folder.resolve("four.run");
        Ran.skiff("search", "--index", vectors, "--queries", queries, "--run", one)
                .done();
        Ran.skiff("search", "--index", vectors, "--queries", queries, "--run", four, "--threads", "4")
                .done();

        assertEquals(500, Files.readAllLines(one).size());
        assertEquals(Files.readAllLines(one), Files.readAllLines(four));
    }

    @Test
    void statsAreOneLineOfJson() throws IOException {
        Path queries = write("q.tsv", "q1\tcat:2 dog:5\nq2\tcat:1\n");

        Ran ran = Ran.skiff("search", "--index", vectors, "--queries", queries, "--stats", "--threads", "2")
                .done();

        assertEquals(1, ran.lines().size(), ran.out());
        JsonNode stats = JsonMapper.shared().readTree(ran.out());
        assertEquals(
                List.of("queries", "k", "threads", "mean_us", "p50_us", "p95_us", "p99_us", "qps"),
                stats.propertyNames().stream().toList());
        assertEquals(2, stats.get("queries").intValue());
        assertEquals(10, stats.get("k").intValue());
        assertEquals(2, stats.get("threads").intValue());
        assertTrue(stats.get("p50_us").doubleValue() > 0 && stats.get("qps").doubleValue() > 0, ran.out());
        assertTrue(stats.get("p99_us").doubleValue() >= stats.get("p50_us").doubleValue(), ran.out());
    }

    @Test
    void searchesApproximately() {
        List<Object> search = List.of("search", "--index", vectors, "--query", "cat:3 dog:1");
        List<String> exact = Ran.skiff(search.toArray()).done().lines();
        for (String options : List.of("", " --ignore 0", " --ignore 0.99")) {
            List<Object> approximate = new ArrayList<>(search);
            approximate.addAll(List.of(("--mode approx" + options).split(" ")));
            // So few documents are scored one and all.
            assertEquals(exact, Ran.skiff(approximate.toArray()).done().lines(), options);
        }
    }

    @Test
    void wrongOptionsAreNamed() {
        Ran.skiff("search", "--index", texts).wrongUsage("--query", "--queries");
        Ran.skiff("search", "--index", texts, "--query", "x", "--queries", "y").wrongUsage("--query", "--queries");
        Ran.skiff("search", "--query", "x").wrongUsage("--index");
        for (String k : List.of("0", "-1", "10001")) {
            Ran.skiff("search", "--index", texts, "--query", "x", "--k", k).wrongUsage("--k", "1 to 10000", k);
        }
        Ran.skiff("search", "--index", texts, "--query", "x", "--k", "ten").wrongUsage("--k", "ten");
        Ran.skiff("search", "--index", texts, "--query", "x", "--ignore", ".1").wrongUsage("--ignore", "--mode approx");
        Ran.skiff("search", "--index", texts, "--query", "x", "--mode", "approx", "--ignore", "1")
                .wrongUsage("--ignore", "less than 1, got 1.0");
        Ran.skiff("search", "--index", texts, "--query", "x", "--mode", "fast").wrongUsage("--mode", "exact", "fast");
        Ran.skiff("search", "--index", texts, "--query", "x", "--field", "body").wrongUsage("--field", "body", "text");
        Ran.skiff("search", "--index", texts, "--query", "x", "--threads", "0").wrongUsage("--threads");
        Ran.skiff("search", "--index", texts, "--query", "x", "--stats", "--explain")
                .wrongUsage("--explain");
        Ran.skiff("search", "--index", texts, "--query", "x", "--queries-format", "csv")
                .wrongUsage("--queries-format", "tsv", "csv");
    }

    @Test
    void whatIsNoIndexFails() throws IOException {
        Path missing = folder.resolve("missing");
        Ran.skiff("search", "--index", missing, "--query", "x").failed(missing.toString());
        Path plain = Files.createDirectory(folder.resolve("plain"));
        Ran.skiff("search", "--index", plain, "--query", "x").failed(plain.toString());
    }

    @Test
    void anIndexWithAFileCutFailsAndNamesIt() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(texts)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            byte[] sound = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(sound, sound.length - 1));
            Ran.skiff("search", "--index", texts, "--query", "cat")
                    .failed(file.getFileName().toString());
            Files.write(file, sound);
        }
        Ran.skiff("search", "--index", texts, "--query", "cat").done();
    }

    @Test
    void badQueriesFailAndLeaveNoRun() throws IOException {
        Path run = folder.resolve("never.run");
        Path bad = write("bad.tsv", "1\tcat:1\n2\tcat:-1\n");
        Ran.skiff("search", "--index", vectors, "--queries", bad, "--run", run).failed(bad + ":2: ", "'cat'");
        Path words = write("words.jsonl", "{\"_id\":\"1\",\"text\":\"cat\"}");
        Ran.skiff("search", "--index", vectors, "--queries", words, "--run", run)
                .failed(words + ":1: ", "text", "vectors");
        Path spaced = write("spaced.tsv", "a b\tcat:1\n");
        Ran.skiff("search", "--index", vectors, "--queries", spaced, "--run", run)
                .failed("'a b'", "white space");
        Path missing = folder.resolve("missing");
        Ran.skiff("search", "--index", vectors, "--queries", missing).failed(missing + ": no such file");
        Ran.skiff("search", "--index", vectors, "--query", "cat", "--run", folder)
                .failed("--run", "directory");

        assertFalse(Files.exists(run));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.filter(file -> file.toString().contains("run")).count());
        }
    }

    @Test
    void scoresNeverHaveAnExponentAndNeverLoseADigit() {
        assertEquals("3", TrecRun.score(3));
        assertEquals("123456789012", TrecRun.score(123_456_789_012d));
        assertEquals("0.1", TrecRun.score(0.1));
        assertEquals("0.00000012", TrecRun.score(1.2e-7));
        double next = Math.nextUp(1234.5);
        assertEquals(next, Double.parseDouble(TrecRun.score(next)));
    }

    @Test
    void percentilesAreNearestRank() {
        long[] nanos = new long[100];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = 1_000L * (nanos.length - i);
        }
        LatencyReport report = LatencyReport.of(10, 1, nanos, 10_000_000);

        assertEquals(50, report.percentileMicros(0.5));
        assertEquals(99, report.percentileMicros(0.99));
        assertEquals(100, report.percentileMicros(1));
        assertEquals(50.5, report.meanMicros());
        assertEquals(10_000, report.queriesPerSecond());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
