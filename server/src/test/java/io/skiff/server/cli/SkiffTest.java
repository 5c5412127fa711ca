package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class SkiffTest {
    @TempDir
    private Path folder;

    @Test
    void aloneItPrintsHelp() {
        Ran ran = Ran.skiff().done();

        for (String command : List.of("index", "search", "check", "encode")) {
            assertTrue(ran.out().contains("  " + command + " "), ran.out());
        }
        assertEquals(ran.out(), Ran.skiff("--help").done().out());
    }

    @Test
    void theVersionNamesWhatRuns() {
        List<String> lines = Ran.skiff("--version").done().lines();

        assertTrue(lines.get(0).matches("skiff \\d+\\.\\d+\\.\\d+.*"), lines.toString());
        assertTrue(lines.get(1).startsWith("java " + Runtime.version()), lines.toString());
        assertTrue(lines.get(2).startsWith("simd: "), lines.toString());
        assertTrue(lines.get(3).matches("onnxruntime: \\d+\\.\\d+\\.\\d+, .*CPUExecutionProvider.*"), lines.toString());
    }

    @Test
    void everyOptionOfEveryCommandIsExplained() {
        for (CommandLine command : Skiff.commandLine().getSubcommands().values()) {
            String help = command.getUsageMessage();
            // A line of it that is too long would be broken in an ugly place.
            List.of(command.getCommandSpec().usageMessage().footer())
                    .forEach(line -> assertTrue(help.contains(line), command.getCommandName() + " " + line));
            for (ArgSpec argument : command.getCommandSpec().args()) {
                assertTrue(argument.description().length > 0, command.getCommandName() + " " + argument);
            }
            command.getCommandSpec()
                    .optionsMap()
                    .keySet()
                    .forEach(name -> assertTrue(help.contains(name), command.getCommandName() + " " + name));
        }
    }

    @Test
    void whatItDoesNotKnowIsWrongUsage() {
        Ran.skiff("serch").wrongUsage("serch");
        Ran.skiff("--wat").wrongUsage("--wat");
    }

    @Test
    void aStackTraceIsShownOnlyWhenAskedFor() {
        Path missing = folder.resolve("missing");

        assertFalse(Ran.skiff("check", "--index", missing).err().contains("\tat "));
        Ran shown = Ran.skiff("check", "--index", missing, "--stacktrace");
        assertEquals(1, shown.exitCode());
        assertTrue(shown.err().contains("\tat io.skiff.server.cli.CheckCommand"), shown.err());
    }

    @Test
    void progressLinesComeEveryFewSecondsAndNotAtOnce() {
        StringWriter err = new StringWriter();
        long[] nanos = new long[1];
        try (ProgressLines lines =
                new ProgressLines(new PrintWriter(err), "indexing", OptionalLong.of(200), () -> nanos[0])) {
            for (int second = 0; second <= 12; second++) {
                nanos[0] = second * 1_000_000_000L;
                lines.update(10L * second, second + " documents");
            }
        }
        assertEquals(
                List.of(
                        "indexing: 5 documents, 25 %, 15 s left (after 5 s)",
                        "indexing: 10 documents, 50 %, 10 s left (after 10 s)"),
                err.toString().lines().toList());
    }
}
