package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
