package io.skiff.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.bench.BenchCommands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LoadCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int load(String... arguments) {
        CommandLine line = new CommandLine(new BenchCommands().commands().getFirst());
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        line.setExecutionExceptionHandler((e, command, result) -> {
            err.write(e.getMessage());
            return 1;
        });
        List<String> all = new ArrayList<>(List.of("load", "--work", folder.toString(), "--seconds", "1"));
        all.addAll(List.of(arguments));
        return line.execute(all.toArray(String[]::new));
    }

    @Test
    void measuresAServerInThisProcess() {
        assertEquals(
                0,
                load("--documents", "2000", "--queries", "20", "--connections", "1,3", "--rounds", "1"),
                () -> err.toString());
        String report = out.toString();
        for (String row : List.of("| in process | ", "| over HTTP | ", "| added | ", "| 1 | ", "| 3 | ")) {
            assertTrue(report.contains(row), row + " in " + report);
        }
        // Every row of connections: answers, and no errors in either loop.
        report.lines()
                .filter(line -> line.matches("\\| [13] \\|.*"))
                .forEach(line -> assertTrue(line.matches("\\| [13] \\| [0-9,]+ \\| 0 \\|.*\\| 0 \\|.*"), line));
    }

    @Test
    void measuresSearchesWhileDocumentsCome() {
        assertEquals(
                0,
                load(
                        "--documents",
                        "2000",
                        "--queries",
                        "20",
                        "--connections",
                        "1",
                        "--rounds",
                        "1",
                        "--ingest",
                        "400",
                        "--ingest-base",
                        "1000",
                        "--ingest-seconds",
                        "1",
                        "--bulk",
                        "40"),
                () -> err.toString());
        String report = out.toString();
        assertTrue(report.contains("1,000 documents written by _bulk, 40 a request"), report);
        for (String row : List.of("searches in peace", "searches while documents come", "documents, by bulk")) {
            assertTrue(
                    report.lines().anyMatch(line -> line.matches("\\| " + row + " \\| [0-9]+ \\| [^|]+ \\| 0 \\|.*")),
                    row + " without errors in " + report);
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertEquals(2, load("--share", "1"));
        assertTrue(err.toString().contains("--share must be above 0 and below 1"), err.toString());
        assertEquals(2, load("--connections", "0"));
        assertTrue(err.toString().contains("--connections must be from 1"), err.toString());
        assertEquals(2, load("--documents", "100", "--queries", "5", "--url", "ftp://x"));
        assertTrue(err.toString().contains("expected a URL such as"), err.toString());
    }
}
