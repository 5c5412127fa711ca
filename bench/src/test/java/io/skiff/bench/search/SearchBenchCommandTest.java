package io.skiff.bench.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.scoring.SearchStrategy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SearchBenchCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void measuresAllSystemsAtEveryK() throws IOException {
        Path json = folder.resolve("results.json");
        assertEquals(0, bench("--variant", "no-topics", "--k", "1,50", "--json", json.toString()), err.toString());
        String table = out.toString();
        assertTrue(table.contains("SYNTHETIC vectors"), table);
        assertTrue(table.contains("variant no-topics"), table);
        assertTrue(table.contains("| 50 | Lucene | "), table);
        assertTrue(table.contains("| 1 | Skiff auto | "), table);
        assertTrue(err.toString().contains("k=50: all exact systems have the same scores"), err.toString());

        JsonNode results = JsonMapper.builder().build().readTree(Files.readString(json));
        assertEquals(2, results.get("builds").size());
        assertEquals(
                2 * (1 + SearchStrategy.values().length + 2),
                results.get("latencies").size());
        for (JsonNode latency : results.get("latencies")) {
            double recall = latency.get("recall").asDouble();
            boolean approximate = latency.get("system").asString().contains("approx");
            assertTrue(recall > 0 && recall <= 1 && (approximate || recall == 1), latency.toString());
            assertTrue(
                    latency.get("p50Micros").asDouble()
                            <= latency.get("p99Micros").asDouble(),
                    latency.toString());
            assertTrue(latency.get("meanMicros").asDouble() > 0, latency.toString());
        }
    }

    @Test
    void keptIndexesAreSearchedAgainWithoutBuilding() {
        assertEquals(0, bench("--k", "5"), err.toString());
        assertTrue(err.toString().contains("Skiff build: 1,500 done"), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(0, bench("--k", "5", "--reuse-indexes", "--clock", "cpu"), err.toString());
        assertFalse(err.toString().contains("build"), err.toString());
        assertTrue(out.toString().contains("cpu time"), out.toString());
    }

    @Test
    void indexesThatAreNotThereCannotBeKept() {
        assertEquals(2, bench("--k", "5", "--reuse-indexes"), err.toString());
        assertTrue(err.toString().contains("--reuse-indexes finds no indexes in"), err.toString());
        assertFalse(err.toString().contains("corpus:"), err.toString());
    }

    @Test
    void anIndexWithoutPostingsIsNotSearchedExhaustively() {
        assertEquals(0, bench("--k", "5", "--postings", "never", "--block-size", "4"), err.toString());
        assertTrue(out.toString().contains("Skiff block-max"), out.toString());
    }

    @Test
    void wrongCountsAreWrongUsage() {
        assertEquals(2, bench("--documents", "many"));
        assertTrue(err.toString().contains("'many' is no count such as 100k"), err.toString());
        assertEquals(2, bench("--documents", "0"));
        assertEquals(2, bench("--documents", "4000M"));
        assertEquals(2, bench("--approximate", "0.1,1"));
        assertTrue(err.toString().contains("got 1.0"), err.toString());
        assertEquals(2, bench("--block-size", "16"));
        assertEquals(2, bench("--postings", "sometimes"));
        assertTrue(err.toString().contains("expected auto, always or never"), err.toString());
    }

    private int bench(String... more) {
        CommandLine commandLine = new CommandLine(new SearchBenchCommand());
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        String[] common = {
            "--documents",
            "1500",
            "--queries",
            "20",
            "--rounds",
            "1",
            "--warm-up",
            "1",
            "--work",
            folder.resolve("work").toString()
        };
        String[] arguments = new String[common.length + more.length];
        // What is asked for wins over what all have in common.
        System.arraycopy(common, 0, arguments, 0, common.length);
        System.arraycopy(more, 0, arguments, common.length, more.length);
        return commandLine.setOverwrittenOptionsAllowed(true).execute(arguments);
    }
}
