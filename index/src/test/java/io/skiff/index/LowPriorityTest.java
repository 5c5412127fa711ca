package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LowPriorityTest {
    /** Of the thread, as the system tells it: the 17th value behind the name, which is in parentheses. */
    private static int nice() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onlyTheThreadThatAsksYields() throws Exception {
        int before = nice();
        FutureTask<Integer> yielding = new FutureTask<>(() -> {
            assertTrue(LowPriority.take(10));
            assertTrue(LowPriority.take(5)); // less than it does
            return nice();
        });
        Thread.ofPlatform().start(yielding);
        assertEquals(Math.max(before, 10), yielding.get());
        assertEquals(before, nice());
    }

    /** Where the system has such a thing, and tells. */
    @Test
    void itTakesLongTurns() throws Exception {
        OptionalLong before = turnNanos();
        assumeTrue(before.isPresent() && hasTurns(System.getProperty("os.version")));
        FutureTask<OptionalLong> yielding = new FutureTask<>(() -> {
            assertTrue(LowPriority.take(1));
            return turnNanos();
        });
        Thread.ofPlatform().start(yielding);
        assertEquals(OptionalLong.of(20_000_000), yielding.get());
        assertEquals(before, turnNanos());
    }

    private static OptionalLong turnNanos() throws IOException {
        Path sched = Path.of("/proc/thread-self/sched");
        if (!Files.isReadable(sched)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(sched).stream()
                .filter(line -> line.startsWith("se.slice"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst();
    }

    /** From 6.12. */
    private static boolean hasTurns(String version) {
        int[] numbers = Arrays.stream(version.split("[^0-9]+"))
                .limit(2)
                .mapToInt(Integer::parseInt)
                .toArray();
        return Arrays.compare(numbers, new int[] {6, 12}) >= 0
                && System.getProperty("os.arch").matches("amd64|aarch64");
    }
}
