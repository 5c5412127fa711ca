package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.IndexReader;
import io.skiff.index.MappedMemoryExtension;
import io.skiff.index.store.Change;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes, refreshes, merges, commits and copies a live index, again and again: what it acknowledged
 * is there and searchable, what it did not is whole or absent, and what it deleted stays deleted.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "uses signals")
@ExtendWith(MappedMemoryExtension.class)
class LiveKillTest {
    /** How often to kill; the profile {@code long} does so more often. */
    private static final int KILLS = Integer.getInteger("skiff.kills", 5);

    private static final long SEED = Long.getLong("skiff.seed", 20_251L);
    private static final LiveOptions MANUAL = LiveOptions.DEFAULT.withRefreshInterval(Duration.ZERO);

    /** What every id must have; null if it must be absent. */
    private final Map<String, byte[]> expected = new HashMap<>();

    private final int[] nextStep = new int[LiveProcess.THREADS];
    private int nextCopy;

    @TempDir
    private Path folder;

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        int acknowledged = 0;
        int copies = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int lines = 1 + random.nextInt(600);
            String when = "after kill " + kill + " at line " + lines + " with -Dskiff.seed=" + SEED;
            Map<String, byte[]> before = new HashMap<>(expected);
            List<String> said = runAndKill(lines);
            acknowledged +=
                    (int) said.stream().filter(line -> line.startsWith("A")).count();
            verify(said, when);
            copies += verifyCopies(said, before, when);
        }
        assertTrue(acknowledged >= KILLS, "only " + acknowledged + " acknowledged writes: nothing was tested");
        assertTrue(copies >= 1, "no copy was made: they were not tested");
    }

    private List<String> runAndKill(int lines) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                "-cp",
                System.getProperty("java.class.path"),
                LiveProcess.class.getName(),
                folder.resolve("index").toString(),
                folder.toString(),
                Integer.toString(nextCopy)));
        for (int step : nextStep) {
            command.add(Integer.toString(step));
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = output.readLine()) != null) {
                said.add(line);
                if (said.size() == lines) {
                    process.toHandle().destroyForcibly(); // kill -9; what it has said by then is still to be read
                }
            }
        }
        process.waitFor();
        assertEquals(
                List.of(), said.stream().filter(line -> line.startsWith("F")).toList());
        return said;
    }

    /** Brings {@link #expected} up to date and compares. */
    private void verify(List<String> said, String when) throws IOException {
        Path index = folder.resolve("index");
        if (!Files.exists(index)) {
            assertTrue(said.stream().noneMatch(line -> line.startsWith("R")), when);
            return;
        }
        int[] tried = new int[LiveProcess.THREADS];
        Arrays.fill(tried, -1);
        Set<String> acknowledged = new HashSet<>();
        for (String line : said) {
            String[] words = line.split(" ");
            if (words[0].equals("T")) {
                tried[Integer.parseInt(words[1])] = Integer.parseInt(words[2]);
            } else if (words[0].equals("A")) {
                acknowledged.add(words[1] + " " + words[2]);
                expect(LiveProcess.step(Integer.parseInt(words[1]), Integer.parseInt(words[2])), expected);
            }
        }
        assertEquals(List.of(), LiveCheck.run(index, bytes -> {}).problems(), when);
        try (IndexWriter writer = IndexWriter.open(index, MANUAL)) {
            for (int thread = 0; thread < tried.length; thread++) {
                int step = tried[thread];
                if (step >= 0 && !acknowledged.contains(thread + " " + step)) {
                    acceptWholeOrAbsent(writer, LiveProcess.step(thread, step), when);
                }
                nextStep[thread] = Math.max(nextStep[thread], step + 1);
            }
            assertHas(writer, expected, when);
        }
        assertEquals(List.of(), LiveCheck.run(index, bytes -> {}).problems(), when);
    }

    private static void assertHas(IndexWriter writer, Map<String, byte[]> documents, String when) throws IOException {
        Map<String, byte[]> found = new HashMap<>();
        try (IndexReader reader = writer.acquire()) {
            reader.segments().forEach(segment -> {
                for (int docId = 0; docId < segment.documentCount(); docId++) {
                    if (segment.isLive(docId)) {
                        byte[] other = found.put(segment.externalId(docId), segment.source(docId));
                        assertEquals(null, other, () -> segment.externalId(0) + " twice " + when);
                    }
                }
            });
        }
        for (Map.Entry<String, byte[]> entry : documents.entrySet()) {
            byte[] stored =
                    writer.get(entry.getKey()).map(Change.Stored::source).orElse(null);
            assertArrayEquals(entry.getValue(), stored, () -> "document " + entry.getKey() + " in the store " + when);
            assertArrayEquals(
                    entry.getValue(), found.remove(entry.getKey()), () -> "document " + entry.getKey() + " " + when);
        }
        assertEquals(Set.of(), found.keySet(), when);
    }

    /** A step that was under way: if one of its writes is there, all are expected. */
    private void acceptWholeOrAbsent(IndexWriter writer, List<LiveWrite> step, String when) throws IOException {
        Map<String, byte[]> after = new HashMap<>(expected);
        expect(step, after);
        for (LiveWrite write : step) {
            Optional<Change.Stored> found = writer.get(write.id());
            byte[] source = found.map(Change.Stored::source).orElse(null);
            if (!Arrays.equals(expected.get(write.id()), source)) {
                assertArrayEquals(after.get(write.id()), source, when);
                expected.putAll(after);
                return;
            }
        }
    }

    private static void expect(List<LiveWrite> step, Map<String, byte[]> documents) {
        for (LiveWrite write : step) {
            documents.put(
                    write.id(),
                    write instanceof LiveWrite.Put put ? put.document().source() : null);
        }
    }

    /** A copy that was begun. */
    private static final class Copy {
        private final Map<String, byte[]> atBegin;
        private final Set<String> changedLater = new HashSet<>();
        private boolean isDone;

        Copy(Map<String, byte[]> atBegin) {
            this.atBegin = new HashMap<>(atBegin);
        }
    }

    /** Copies that are there have what was acknowledged before they were begun; returns how many there were. */
    private int verifyCopies(List<String> said, Map<String, byte[]> before, String when) throws IOException {
        Map<String, byte[]> acknowledged = new HashMap<>(before);
        Map<Integer, List<LiveWrite>> underWay = new HashMap<>();
        Map<Integer, Copy> copies = new HashMap<>();
        for (String line : said) {
            String[] words = line.split(" ");
            int number = words.length > 1 ? Integer.parseInt(words[1]) : -1;
            switch (words[0]) {
                case "T" -> {
                    List<LiveWrite> step = LiveProcess.step(number, Integer.parseInt(words[2]));
                    underWay.put(number, step);
                    copies.values().forEach(copy -> step.forEach(write -> copy.changedLater.add(write.id())));
                }
                case "A" -> expect(underWay.remove(number), acknowledged);
                case "B" -> {
                    Copy copy = new Copy(acknowledged);
                    underWay.values().forEach(step -> step.forEach(write -> copy.changedLater.add(write.id())));
                    copies.put(number, copy);
                    nextCopy = number + 1;
                }
                case "C" -> copies.get(number).isDone = true;
                default -> assertEquals("R", line);
            }
        }
        int found = 0;
        for (Map.Entry<Integer, Copy> copy : copies.entrySet()) {
            Path folderOfCopy = folder.resolve("copy-" + copy.getKey());
            if (Files.exists(folderOfCopy)) {
                verifyCopy(folderOfCopy, copy.getValue(), when);
                found++;
            } else {
                assertFalse(copy.getValue().isDone, folderOfCopy + " " + when);
            }
        }
        return found;
    }

    private static void verifyCopy(Path folder, Copy copy, String when) throws IOException {
        String which = folder.getFileName() + " " + when;
        assertEquals(List.of(), LiveCheck.run(folder, bytes -> {}).problems(), which);
        try (IndexWriter writer = IndexWriter.open(folder, MANUAL)) {
            for (Map.Entry<String, byte[]> entry : copy.atBegin.entrySet()) {
                if (!copy.changedLater.contains(entry.getKey())) {
                    byte[] found = writer.get(entry.getKey())
                            .map(Change.Stored::source)
                            .orElse(null);
                    assertArrayEquals(entry.getValue(), found, () -> "document " + entry.getKey() + " in " + which);
                }
            }
        }
        remove(folder);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
