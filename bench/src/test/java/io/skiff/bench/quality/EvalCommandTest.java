package io.skiff.bench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.bench.BenchCommands;
import io.skiff.server.cli.CommandContributor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvalCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("qrels"), "q1 0 d1 1\nq1 0 d2 0\nq2 0 d1 2\nq3 0 d1 1\n");
        Files.writeString(folder.resolve("a.run"), "q1 Q0 d2 1 2 a\nq1 Q0 d1 2 1 a\nq2 Q0 d1 1 1 a\n");
        Files.writeString(folder.resolve("b.run"), "q1 Q0 d1 1 2 b\nq1 Q0 d2 2 1 b\nq2 Q0 d1 1 1 b\n");
    }

    private int eval(String... arguments) {
        CommandLine line = new CommandLine(new EvalCommand());
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        line.setExecutionExceptionHandler((e, command, result) -> {
            err.write(e.getMessage());
            return 1;
        });
        String[] all = new String[arguments.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = arguments[i].replace("DIR", folder.toString());
        }
        return line.execute(all);
    }

    @Test
    void printsATable() {
        assertEquals(0, eval("--qrels", "DIR/qrels", "--run", "DIR/a.run", "--metrics", "ndcg@10,mrr,num_rel_ret"));
        assertEquals("""
                metric        a.run
                ndcg@10      0.8155
                mrr          0.7500
                num_rel_ret       2
                queries           2
                """, out.toString());
    }

    @Test
    void completeCountsMissingQueries() {
        assertEquals(0, eval("--qrels", "DIR/qrels", "--run", "DIR/a.run", "--metrics", "mrr", "--complete"));
        assertTrue(out.toString().contains("mrr      0.5000\nqueries       3\n"), out::toString);
    }

    @Test
    void levelMovesRelevance() {
        assertEquals(0, eval("--qrels", "DIR/qrels", "--run", "DIR/a.run", "--metrics", "mrr", "--level", "2"));
        assertTrue(out.toString().contains("mrr      0.5000\n"), out::toString);
    }

    @Test
    void printsLinesPerQuery() {
        assertEquals(0, eval("--qrels", "DIR/qrels", "--run", "DIR/a.run", "--metrics", "mrr,num_ret", "--per-query"));
        assertEquals("""
                mrr\tq1\t0.5000
                num_ret\tq1\t2
                mrr\tq2\t1.0000
                num_ret\tq2\t1
                mrr\tall\t0.7500
                num_ret\tall\t3

                metric    a.run
                mrr      0.7500
                num_ret       3
                queries       2
                """, out.toString());
    }

    @Test
    void comparesTwoRuns() {
        assertEquals(
                0,
                eval(
                        "--qrels",
                        "DIR/qrels",
                        "--run",
                        "DIR/a.run",
                        "DIR/b.run",
                        "--metrics",
                        "mrr,num_ret",
                        "--per-query"));
        String printed = out.toString();
        assertTrue(printed.contains("mrr\tq1\t0.5000\ta.run\n"), printed);
        assertTrue(printed.contains("mrr\tall\t1.0000\tb.run\n"), printed);
        assertTrue(printed.endsWith("""
                        metric    a.run   b.run
                        mrr      0.7500  1.0000
                        num_ret       3       3
                        queries       2       2

                        b.run against a.run on the 2 queries of both, paired and two-sided:
                        metric  difference  wins  ties  losses  p (t-test)  p (randomization)
                        mrr        +0.2500     1     1       0      0.5000             1.0000
                        """), printed);
    }

    @Test
    void noProbabilityIsShownAsZero() throws IOException {
        StringBuilder qrels = new StringBuilder();
        StringBuilder worse = new StringBuilder();
        StringBuilder better = new StringBuilder();
        for (int q = 0; q < 40; q++) {
            qrels.append("q").append(q).append(" 0 d 1\n");
            worse.append("q").append(q).append(" Q0 x 1 1 w\n");
            better.append("q").append(q).append(" Q0 d 1 1 b\n");
        }
        Files.writeString(folder.resolve("qrels"), qrels);
        Files.writeString(folder.resolve("a.run"), worse);
        Files.writeString(folder.resolve("b.run"), better);
        assertEquals(
                0, eval("--qrels", "DIR/qrels", "--run", "DIR/a.run", "--run", "DIR/b.run", "--metrics", "success@1"));
        assertTrue(
                out.toString().contains("success@1     +1.0000    40     0       0     <0.0001            <0.0001"),
                out::toString);
    }

    @Test
    void runsOfOneNameGoByTheirPaths() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other")).resolve("a.run");
        Files.copy(folder.resolve("b.run"), other);
        assertEquals(0, eval("--qrels", "DIR/qrels", "--run", "DIR/a.run", "--run", "DIR/other/a.run"));
        assertTrue(out.toString().contains(other + " against " + folder.resolve("a.run")), out::toString);
    }

    @Test
    void wrongUsageIsTwo() {
        assertEquals(2, eval("--qrels", "DIR/qrels"));
        assertEquals(2, eval("--run", "DIR/a.run"));
        assertEquals(2, eval("--qrels", "DIR/qrels", "--run", "DIR/a.run", "--level", "0"));
        assertEquals(2, eval("--qrels", "DIR/qrels", "--run", "DIR/a.run", "--metrics", "map,bleu"));
        assertTrue(err.toString().contains("there is no metric 'bleu', there are ndcg[@k], map[@k]"), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void failureIsOne() throws IOException {
        assertEquals(1, eval("--qrels", "DIR/absent", "--run", "DIR/a.run"));
        assertTrue(err.toString().endsWith("absent: cannot be read: there is no such file"), err::toString);
        Files.writeString(folder.resolve("c.run"), "q9 Q0 d1 1 2 b\n");
        assertEquals(1, eval("--qrels", "DIR/qrels", "--run", "DIR/c.run"));
        assertTrue(err.toString().contains("c.run: has none of the queries that "), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void theCommandLineFindsIt() {
        assertTrue(ServiceLoader.load(CommandContributor.class).stream()
                .anyMatch(provider -> provider.type() == BenchCommands.class));
        assertTrue(new BenchCommands().commands().stream().anyMatch(EvalCommand.class::isInstance));
    }
}
