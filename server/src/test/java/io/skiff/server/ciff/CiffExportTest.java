package io.skiff.server.ciff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.IndexReader;
import io.skiff.server.cli.Skiff;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Both ways, through the commands. */
class CiffExportTest {
    private static final long SEED = Long.getLong("skiff.seed", 3);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void impactsSurviveBothWays() throws IOException {
        Random random = new Random(SEED);
        List<Map<String, Integer>> documents = new ArrayList<>();
        for (int d = 0; d < 3_000; d++) {
            Map<String, Integer> document = new HashMap<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                document.put("term" + random.nextInt(1 + random.nextInt(900)), 1 + random.nextInt(255));
            }
            documents.add(document);
        }
        Path original = folder.resolve("original.ciff");
        Files.write(original, CiffFile.of(documents));
        Path index = folder.resolve("index");
        assertEquals(0, skiff("import-ciff", original, "--index", index), err.toString());
        try (IndexReader reader = IndexReader.open(index)) {
            assertEquals(documents.size(), reader.documentCount());
            assertEquals(1, reader.field("vector").orElseThrow().quantizer().scale());
        }

        Path exported = folder.resolve("exported.ciff");
        assertEquals(0, skiff("export-ciff", "--index", index, exported), err.toString());
        assertEquals(documents, read(exported), "seed " + SEED);

        Path again = folder.resolve("again");
        assertEquals(0, skiff("index", "--index", again, exported), err.toString());
        Path exportedAgain = folder.resolve("exported-again.ciff");
        assertEquals(0, skiff("export-ciff", "--field", "vector", "--index", again, exportedAgain), err.toString());
        assertArrayEquals(Files.readAllBytes(exported), Files.readAllBytes(exportedAgain), "seed " + SEED);
    }

    @Test
    void frequenciesAbove255AreQuantizedAndReported() throws IOException {
        Path file = folder.resolve("large.ciff");
        Files.write(file, CiffFile.of(List.of(Map.of("cat", 510, "dog", 2), Map.of("dog", 1))));
        assertEquals(0, skiff("import-ciff", file, "--index", folder.resolve("large")), err.toString());
        assertTrue(err.toString().contains("one impact stands for 2.0"), err.toString());
        Path exported = folder.resolve("exported.ciff");
        assertEquals(0, skiff("export-ciff", "--index", folder.resolve("large"), exported), err.toString());
        assertEquals(List.of(Map.of("cat", 255, "dog", 1), Map.of("dog", 1)), read(exported));
    }

    @Test
    void damageFailsNamingFileAndByteAndLeavesNoIndex() throws IOException {
        Path file = folder.resolve("cut.ciff");
        byte[] whole = CiffFile.of(List.of(Map.of("cat", 5)));
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertEquals(1, skiff("import-ciff", file, "--index", folder.resolve("cut")));
        assertTrue(err.toString().contains(file + ": byte " + (whole.length - 1) + ": the file ends"), err.toString());
        assertTrue(Files.notExists(folder.resolve("cut")));
    }

    @Test
    void whatCiffCannotDoIsWrongUsage() throws IOException {
        Path file = folder.resolve("a.ciff");
        Files.write(file, CiffFile.of(List.of(Map.of("cat", 5))));
        assertEquals(2, skiff("index", "--index", folder.resolve("i"), file, file));
        assertEquals(2, skiff("index", "--index", folder.resolve("i"), "--encoder", "bm25", file));
        assertEquals(2, skiff("index", "--index", folder.resolve("i"), "--skip-bad", file));
        assertEquals(0, skiff("index", "--index", folder.resolve("i"), file), err.toString());
        assertEquals(2, skiff("export-ciff", "--index", folder.resolve("i"), "--field", "no", file));
        assertTrue(err.toString().contains("--field no: no such field; the index has vector"), err.toString());
    }

    private int skiff(Object... arguments) {
        CommandLine commandLine = Skiff.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        String[] strings = new String[arguments.length];
        for (int i = 0; i < strings.length; i++) {
            strings[i] = arguments[i].toString();
        }
        return commandLine.execute(strings);
    }

    private List<Map<String, Integer>> read(Path file) throws IOException {
        return CiffFile.read(file, folder).stream().map(CiffFile::asMap).toList();
    }
}
