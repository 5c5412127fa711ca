package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.live.LiveCheck;
import io.skiff.server.cli.ServerProcess.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server in a process of its own is killed while it makes a snapshot or restores one: the snapshot, and the index, is
 * there as a whole or not at all.
 */
@Timeout(1200)
class KilledSnapshotTest {
    private static final long SEED = Long.getLong("skiff.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("skiff.kills", 5);
    private static final int BATCH = 300;
    private static final String INDEX = "i";

    /** Long enough that copying takes a few milliseconds, in which to be killed. */
    private static final String TEXT = "some words that are copied ".repeat(40);

    private final Random random = new Random(SEED);

    /** The number in each document of the index. */
    private final TreeMap<String, Integer> documents = new TreeMap<>();

    /** The same of each snapshot that is there. */
    private final TreeMap<String, TreeMap<String, Integer>> snapshots = new TreeMap<>();

    /** What a kill has left to be looked at. */
    private Attempt last = new Attempt(Kind.NONE, "", false);

    private int nextBatch;
    private long longestNanos = 1;

    @TempDir
    private Path folder;

    private enum Kind {
        NONE,
        SNAPSHOT,
        RESTORE
    }

    /**
     * What was under way when the server was killed.
     *
     * @param name of the snapshot, or of the index that was to be restored
     * @param answered whether its answer came before
     */
    private record Attempt(Kind kind, String name, boolean answered) {}

    @Test
    void aSnapshotIsThereAsAWholeOrNotAtAll() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            ServerProcess server = start();
            try {
                if (kill == 0) {
                    requireDone(server.send("PUT", "_snapshot/r", "{'type':'fs','settings':{'location':'a'}}"));
                    write(server);
                    makeSnapshot(server, "first");
                }
                verify(server);
                write(server);
                last = killed(server, kill % 2 == 0 ? Kind.SNAPSHOT : Kind.RESTORE, "n" + kill);
            } finally {
                server.kill();
                server.awaitEnd();
            }
        }
        try (ServerProcess server = start()) {
            verify(server);
        }
        try (Stream<Path> indexes = Files.list(folder.resolve("data"))) {
            for (Path index : (Iterable<Path>) indexes::iterator) {
                if (!index.getFileName().toString().startsWith(".")) {
                    assertEquals(List.of(), LiveCheck.run(index, bytes -> {}).problems(), which(index.toString()));
                }
            }
        }
    }

    private ServerProcess start() throws Exception {
        return ServerProcess.start(
                folder, "--snapshots", folder.resolve("backups").toString());
    }

    /** A batch that is acknowledged, and perhaps not refreshed. */
    private void write(ServerProcess server) throws Exception {
        String body = RandomBatch.body(random, documents, BATCH, TEXT, nextBatch);
        nextBatch++;
        Answer answer = server.send("POST", INDEX + "/_bulk" + (random.nextBoolean() ? "?refresh=true" : ""), body);
        requireDone(answer);
        assertEquals("false", answer.json().get("errors").asString(), answer::text);
    }

    private void makeSnapshot(ServerProcess server, String name) throws Exception {
        long start = System.nanoTime();
        requireDone(server.send("PUT", "_snapshot/r/" + name, "{'indices':'" + INDEX + "'}"));
        longestNanos = Math.max(longestNanos, System.nanoTime() - start);
        snapshots.put(name, new TreeMap<>(documents));
    }

    private Answer restore(ServerProcess server, String snapshot, String index) throws Exception {
        return server.send(
                "POST",
                "_snapshot/r/" + snapshot + "/_restore",
                "{'rename_pattern':'.+','rename_replacement':'" + index + "'}");
    }

    /** Begins something, and kills the server at a random moment of it, or a little later. */
    private Attempt killed(ServerProcess server, Kind kind, String name) throws Exception {
        long delay = (long) (random.nextDouble() * longestNanos * 1.2);
        AtomicBoolean begun = new AtomicBoolean();
        Thread killer = Thread.ofPlatform().start(() -> {
            while (!begun.get()) {
                Thread.onSpinWait();
            }
            LockSupport.parkNanos(delay);
            server.kill();
        });
        boolean answered = true;
        try {
            begun.set(true);
            requireDone(
                    kind == Kind.SNAPSHOT
                            ? server.send("PUT", "_snapshot/r/" + name, "{'indices':'" + INDEX + "'}")
                            : restore(server, "first", name));
        } catch (IOException e) {
            answered = false;
        }
        killer.join();
        return new Attempt(kind, name, answered);
    }

    private void verify(ServerProcess server) throws Exception {
        assertEquals(documents, found(server, INDEX), which(INDEX));
        switch (last.kind()) {
            case NONE -> {}
            case SNAPSHOT -> verifySnapshot(server);
            case RESTORE -> verifyRestored(server);
        }
        List<String> listed = new ArrayList<>();
        server.send("GET", "_snapshot/r/_all", "")
                .json()
                .get("snapshots")
                .forEach(each -> listed.add(each.get("snapshot").stringValue()));
        assertEquals(List.copyOf(snapshots.keySet()), listed.stream().sorted().toList(), which("list"));
    }

    private void verifySnapshot(ServerProcess server) throws Exception {
        String name = last.name();
        int status = server.send("GET", "_snapshot/r/" + name, "").status();
        if (status == 200) {
            snapshots.put(name, new TreeMap<>(documents));
        } else {
            assertEquals(404, status, which(name));
            assertTrue(!last.answered(), which(name + " was acknowledged and is not there"));
            assertEquals(404, restore(server, name, "none").status(), which(name));
            makeSnapshot(server, name);
        }
        try (Stream<Path> left = Files.list(folder.resolve("backups").resolve("a"))) {
            List<String> names =
                    left.map(each -> each.getFileName().toString()).sorted().toList();
            // Only what the next snapshot removes may lie beside the snapshots, and one was made where this one is not.
            assertTrue(status == 200 || names.equals(List.copyOf(snapshots.keySet())), which(names.toString()));
        }
        requireDone(restore(server, name, "again-" + name));
        assertEquals(snapshots.get(name), found(server, "again-" + name), which(name));
        requireDone(server.send("DELETE", "again-" + name, ""));
    }

    private void verifyRestored(ServerProcess server) throws Exception {
        String name = last.name();
        if (server.send("GET", name, "").status() == 404) {
            assertTrue(!last.answered(), which(name + " was acknowledged and is not there"));
            requireDone(restore(server, "first", name));
        }
        assertEquals(snapshots.get("first"), found(server, name), which(name));
        try (Stream<Path> left = Files.list(folder.resolve("data"))) {
            assertEquals(
                    List.of(),
                    left.map(each -> each.getFileName().toString())
                            .filter(each -> each.contains("making"))
                            .toList(),
                    which(name));
        }
    }

    private static Map<String, Integer> found(ServerProcess server, String index) throws Exception {
        requireDone(server.send("POST", index + "/_refresh", ""));
        Answer answer = server.send("POST", index + "/_search", "{'size':10000,'_source':['n']}");
        requireDone(answer);
        Map<String, Integer> found = new TreeMap<>();
        answer.json()
                .at("/hits/hits")
                .forEach(hit -> found.put(
                        hit.get("_id").stringValue(), hit.at("/_source/n").intValue()));
        return found;
    }

    private static void requireDone(Answer answer) {
        assertEquals(200, answer.status(), answer::text);
    }

    private String which(String what) {
        return what + ", after " + last + "; seed " + SEED;
    }
}
