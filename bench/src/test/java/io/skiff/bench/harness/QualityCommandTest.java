package io.skiff.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.bench.BenchCommands;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class QualityCommandTest {
    @TempDir
    private Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    private int quality(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine line = new CommandLine(new BenchCommands().commands().getFirst());
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        line.setExecutionExceptionHandler((e, command, result) -> {
            err.write(e.getMessage());
            return 1;
        });
        List<String> all = new ArrayList<>(
                List.of("quality", "--work", folder.resolve("work").toString()));
        all.addAll(List.of("--rounds", "1", "--warm-up", "0"));
        for (String argument : arguments) {
            all.add(argument.replace("DIR", folder.toString()));
        }
        return line.execute(all.toArray(String[]::new));
    }

    /** The table without its last columns, the times, which must be there. */
    private static String withoutTimes(String text) {
        StringBuilder kept = new StringBuilder();
        for (String line : text.lines().filter(line -> line.startsWith("| ")).toList()) {
            String[] cells = line.split(" \\| ?");
            assertEquals(10, cells.length, line);
            kept.append(String.join(" | ", List.of(cells).subList(0, 7))).append('\n');
        }
        return kept.toString();
    }

    @Test
    void printsWhatIsComputedByHand() throws IOException {
        TinyCollection.write(folder.resolve("tiny"));
        Path one = TinyCollection.write(folder.resolve("one"));
        Files.writeString(one.resolve("qrels/test.tsv"), "q1\td1\t1\n");
        assertEquals(
                0,
                quality(
                        "--configurations",
                        "bm25,sparse,linear,linear:100:1,rrf",
                        "--csv",
                        "DIR/q.csv",
                        "--markdown",
                        "DIR/q.md",
                        "--plot",
                        "DIR/q.png",
                        "DIR/tiny",
                        "DIR/one"),
                () -> err.toString());
        // .631 is 1 / log2(3), the gain of rank 2. By rrf both documents of q1 have ranks 1 and 2, and d1 is older;
        // of q2 d2 and d4 are first once, and d2 is older. Two queries never speak against equality: every swap of
        // them gives a difference as large.
        String[] rows = withoutTimes(out.toString()).split("\n");
        assertEquals(
                "| collection | configuration | ndcg@10 | recall@100 | mrr@10 | wins / draws / losses | p", rows[0]);
        assertEquals("| tiny | bm25 | 0.500 | 0.500 | 0.500 | - | -", rows[1]);
        assertEquals("| tiny | sparse | **0.815** | **1.000** | **0.750** | 1 / 0 / 1 | 1.0000", rows[2]);
        assertEquals("| tiny | linear | **0.815** | **1.000** | **0.750** | 1 / 0 / 1 | 1.0000", rows[3]);
        assertEquals("| tiny | linear:100:1 | 0.750 | **1.000** | 0.667 | 1 / 1 / 0 | 1.0000", rows[4]);
        assertTrue(
                rows[5].startsWith("| tiny | rrf | **0.815** | **1.000** | **0.750** | 1 / 1 / 0 | 1.0000"), rows[5]);
        assertTrue(rows[6].startsWith("| one | bm25 | **1.000** | **1.000** | **1.000** | - | -"), rows[6]);
        assertTrue(rows[7].startsWith("| one | sparse | 0.631 | **1.000** | 0.500 | 0 / 0 / 1 | -"), rows[7]);
        assertTrue(rows[9].startsWith("| one | linear:100:1 | **1.000**"), rows[9]);
        assertTrue(rows[11].startsWith("| all | bm25 | 0.750 | 0.750 | 0.750 | - | -"), rows[11]);
        assertTrue(rows[12].startsWith("| all | sparse | 0.723 | **1.000** | 0.625 | 1 / 0 / 2 | "), rows[12]);
        assertEquals(16, rows.length);
        assertEquals(out.toString(), Files.readString(folder.resolve("q.md")));
        assertTrue(out.toString()
                .contains("- tiny: 4 documents, 2 judged queries; words 1.3 a document, 1.0 a query;"
                        + " vectors 1.3 tokens a document, 1.0 a query"));
        checkCsv(Files.readAllLines(folder.resolve("q.csv")));
        checkPlot(folder.resolve("q.png"));
    }

    private static void checkCsv(List<String> lines) {
        assertEquals(
                "collection,configuration,queries,ndcg@10,recall@100,mrr@10,wins,draws,losses,p,"
                        + "mean_us,p50_us,p95_us,p99_us",
                lines.getFirst());
        assertEquals(16, lines.size());
        assertTrue(lines.get(1).startsWith("tiny,bm25,2,0.500000,0.500000,0.500000,,,,,"), lines.get(1));
        assertTrue(lines.get(2).startsWith("tiny,sparse,2,0.815465,1.000000,0.750000,1,0,1,1.000000,"), lines.get(2));
        assertTrue(lines.get(11).matches("all,bm25,3,0.750000,0.750000,0.750000,,,,,[0-9.]+,,,"), lines.get(11));
    }

    private static void checkPlot(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        Set<Integer> colors = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 3) {
            for (int x = 0; x < image.getWidth(); x += 3) {
                colors.add(image.getRGB(x, y));
            }
        }
        assertTrue(image.getWidth() > image.getHeight() && colors.size() > 10, "drawn in " + colors.size() + " colors");
    }

    @Test
    void usesAnIndexAgainWhenAskedAndOnlyWhileItsFilesAreTheSame() throws IOException {
        Path collection = TinyCollection.write(folder.resolve("tiny"));
        assertEquals(0, quality("--reuse", "DIR/tiny"), () -> err.toString());
        String first = withoutTimes(out.toString());
        Path manifest;
        try (var files = Files.walk(folder.resolve("work/tiny/index"))) {
            manifest = files.filter(file -> file.getFileName().toString().startsWith("manifest"))
                    .findFirst()
                    .orElseThrow();
        }
        FileTime built = Files.getLastModifiedTime(manifest);
        assertEquals(0, quality("--reuse", "DIR/tiny"), () -> err.toString());
        assertEquals(first, withoutTimes(out.toString()));
        assertEquals(built, Files.getLastModifiedTime(manifest));
        Files.writeString(
                collection.resolve("corpus.jsonl"),
                Files.readString(collection.resolve("corpus.jsonl")).replace("cherry", "banana banana banana"));
        assertEquals(0, quality("--reuse", "DIR/tiny"), () -> err.toString());
        assertTrue(err.toString().contains("tiny: its files or the model have changed"), err.toString());
        assertTrue(out.toString().contains("| tiny | bm25 | **1.000**"), out.toString());
    }

    @Test
    void everyConfigurationThatThereIsRunsByDefault() throws IOException {
        TinyCollection.write(folder.resolve("tiny"));
        assertEquals(0, quality("DIR/tiny"), () -> err.toString());
        for (String name : List.of("bm25", "sparse", "linear", "rrf", "pruned", "approximate")) {
            assertTrue(out.toString().contains("| tiny | " + name + " | "), name + " in " + out);
        }
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Path collection = TinyCollection.write(folder.resolve("tiny"));
        assertEquals(2, quality("--configurations", "bm25", "DIR/tiny"));
        assertTrue(err.toString().contains("takes two or more, got 1"), err.toString());
        assertEquals(2, quality("--configurations", "bm25,sparse,bm25", "DIR/tiny"));
        assertTrue(err.toString().contains("has one twice"), err.toString());
        assertEquals(2, quality("DIR/tiny", "DIR/tiny"));
        assertTrue(err.toString().contains("the name 'tiny' is taken"), err.toString());
        Files.writeString(collection.resolve("query-vectors.tsv"), "q1\tx:1\n");
        assertEquals(1, quality("DIR/tiny"));
        assertTrue(err.toString().contains("queries.jsonl:2: query 'q2' has no vector in "), err.toString());
        Files.delete(collection.resolve("query-vectors.tsv"));
        assertEquals(1, quality("DIR/tiny"));
        assertTrue(err.toString().contains("has vectors.jsonl but no query-vectors.jsonl or"), err.toString());
        Files.delete(collection.resolve("vectors.jsonl"));
        assertEquals(2, quality("DIR/tiny"));
        assertTrue(err.toString().contains("collection 'tiny' has no sparse vectors"), err.toString());
        Files.writeString(collection.resolve("qrels/test.tsv"), "q9\td1\t1\n");
        assertEquals(1, quality("--configurations", "bm25,bm25 ", "DIR/absent"));
        assertTrue(err.toString().contains("absent: is no folder"), err.toString());
    }

    @Test
    void aJudgedQueryMustBeThere() throws IOException {
        Path collection = TinyCollection.write(folder.resolve("tiny"));
        Files.writeString(collection.resolve("qrels/test.tsv"), "q9\td1\t1\n");
        assertEquals(1, quality("DIR/tiny"));
        assertTrue(err.toString().contains("judges query 'q9', which is not in "), err.toString());
    }

    @Test
    void vectorsAndDocumentsMustMatch() throws IOException {
        Path collection = TinyCollection.write(folder.resolve("tiny"));
        Path vectors = collection.resolve("vectors.jsonl");
        String sound = Files.readString(vectors);
        Files.writeString(vectors, sound + "{\"id\": \"d9\", \"vector\": {\"x\": 1}}\n");
        assertEquals(1, quality("DIR/tiny"));
        assertTrue(err.toString().contains("vectors.jsonl:5: vector 'd9' is of no document"), err.toString());
        Files.writeString(vectors, sound.replace("d3", "d5"));
        assertEquals(1, quality("DIR/tiny"));
        assertTrue(err.toString().contains("corpus.jsonl:3: document 'd3' has no vector in "), err.toString());
    }
}
