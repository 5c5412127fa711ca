package io.skiff.index.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process again and again: what it acknowledged is there, what it did not is whole or absent. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "uses signals and ulimit")
class StoreKillTest {
    /** How often to kill; the profile {@code long} does so more often. */
    private static final int KILLS = Integer.getInteger("skiff.kills", 5);

    private static final long SEED = Long.getLong("skiff.seed", 20_251L);

    private final Map<String, byte[]> expected = new HashMap<>();
    private final int[] nextStep = new int[StoreProcess.THREADS];

    @TempDir
    private Path folder;

    @TempDir
    private Path temporary;

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        int acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int killAfter = 1 + random.nextInt(400);
            List<String> said = runAndKill(killAfter);
            acknowledged +=
                    (int) said.stream().filter(line -> line.startsWith("A")).count();
            verify(said, "after kill " + kill + " at " + killAfter + " acknowledgements, with -Dskiff.seed=" + SEED);
        }
        assertTrue(acknowledged >= KILLS, "only " + acknowledged + " acknowledged writes: nothing was tested");
    }

    @Test
    void anIoErrorReachesTheWriterAndWhatWasAcknowledgedStays() throws Exception {
        // The system refuses to let any file grow beyond 4 MiB, as a full disk does.
        Process process = start(4 << 20);
        List<String> said = readToEnd(process);
        assertNotEquals(0, said.stream().filter(line -> line.startsWith("A")).count());
        List<String> failures =
                said.stream().filter(line -> line.startsWith("F")).toList();
        assertEquals(StoreProcess.THREADS, failures.size(), said.getLast());
        assertTrue(
                failures.stream().allMatch(line -> line.contains("cannot write the document store in " + folder)),
                failures::toString);
        verify(said, "after an I/O error");
    }

    private List<String> runAndKill(int acknowledgements) throws Exception {
        Process process = start(0);
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            int seen = 0;
            while ((line = lines.readLine()) != null) {
                said.add(line);
                if (line.startsWith("A") && ++seen == acknowledgements) {
                    process.toHandle().destroyForcibly(); // kill -9; what it has said by then is still to be read
                }
            }
        }
        process.waitFor();
        return said;
    }

    private static List<String> readToEnd(Process process) throws IOException {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().toList();
        }
    }

    private Process start(long fileLimitBytes) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + temporary, // a killed process leaves the native library it unpacked
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                folder.toString(),
                Long.toString(fileLimitBytes)));
        for (int step : nextStep) {
            command.add(Integer.toString(step));
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Brings {@link #expected} up to date and compares. */
    private void verify(List<String> said, String when) throws IOException {
        Set<String> acknowledged = new HashSet<>();
        int[] tried = new int[StoreProcess.THREADS];
        java.util.Arrays.fill(tried, -1);
        for (String line : said) {
            String[] words = line.split(" ");
            if (words[0].equals("T")) {
                tried[Integer.parseInt(words[1])] = Integer.parseInt(words[2]);
            } else if (words[0].equals("A")) {
                acknowledged.add(words[1] + " " + words[2]);
                StoreProcess.step(Integer.parseInt(words[1]), Integer.parseInt(words[2]))
                        .forEach(this::expect);
            }
        }
        assertEquals(List.of(), StoreCheck.check(folder), when);
        try (DocumentStore store = DocumentStore.open(folder, SyncPolicy.REQUEST)) {
            for (int thread = 0; thread < tried.length; thread++) {
                int step = tried[thread];
                if (step >= 0 && !acknowledged.contains(thread + " " + step)) {
                    acceptWholeOrAbsent(store, StoreProcess.step(thread, step));
                }
                nextStep[thread] = Math.max(nextStep[thread], step + 1);
            }
            for (Map.Entry<String, byte[]> entry : expected.entrySet()) {
                byte[] found =
                        store.get(entry.getKey()).map(Change.Stored::source).orElse(null);
                assertArrayEquals(entry.getValue(), found, () -> "document " + entry.getKey() + " " + when);
            }
            Set<String> replayed = new HashSet<>();
            store.replay(-1, change -> {
                if (change instanceof Change.Stored) {
                    replayed.add(change.id());
                }
            });
            Set<String> live = new HashSet<>(expected.keySet());
            live.removeIf(id -> expected.get(id) == null);
            assertEquals(live, replayed, when);
            assertEquals(live.size(), store.documentCount(), when);
        }
    }

    /** A step that was under way: if one of its writes is there, all are expected. */
    private void acceptWholeOrAbsent(DocumentStore store, List<Write> step) throws IOException {
        for (Write write : step) {
            Optional<Change.Stored> found = store.get(write.id());
            boolean happened = switch (write) {
                case Write.Put put ->
                    found.isPresent() && java.util.Arrays.equals(found.get().source(), put.source());
                case Write.Delete delete -> found.isEmpty() && expected.get(write.id()) != null;
            };
            if (happened) {
                step.forEach(this::expect);
                return;
            }
        }
    }

    private void expect(Write write) {
        expected.put(write.id(), write instanceof Write.Put put ? put.source() : null);
    }
}
