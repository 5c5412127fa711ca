package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server in a process of its own is killed while it takes bulk requests; the next one has all that was acknowledged. */
@Timeout(180)
class KilledServerTest {
    private static final long SEED = Long.getLong("skiff.seed", System.nanoTime());
    private static final int KILLS = 2;
    private static final int BATCH = 50;

    private final Random random = new Random(SEED);

    /** The number in each acknowledged document. */
    private final TreeMap<String, Integer> acknowledged = new TreeMap<>();

    /** The same with the batch that was not, which is there as a whole or not at all. */
    private final TreeMap<String, Integer> attempted = new TreeMap<>();

    private final AtomicInteger answered = new AtomicInteger();
    private int nextBatch;

    @TempDir
    private Path folder;

    /** Batches one after the other until the server is gone, some with deletions of what was there before. */
    private void write(ServerProcess server) throws InterruptedException {
        while (true) {
            TreeMap<String, Integer> after = new TreeMap<>(acknowledged);
            String body = RandomBatch.body(random, after, BATCH, "word", nextBatch);
            nextBatch++;
            attempted.clear();
            attempted.putAll(after);
            try {
                JsonNode answer = server.send("POST", "i/_bulk" + (nextBatch % 5 == 0 ? "?refresh=true" : ""), body)
                        .json();
                assertEquals("false", answer.get("errors").asString(), answer::toString);
                acknowledged.clear();
                acknowledged.putAll(after);
                answered.incrementAndGet();
            } catch (IOException e) {
                return; // killed in the middle of this one, which may be there or not
            }
        }
    }

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            ServerProcess server = ServerProcess.start(folder);
            int last = answered.get() + 5 + random.nextInt(20);
            int delayMicros = random.nextInt(20_000);
            Thread killer = Thread.ofPlatform().start(() -> {
                while (answered.get() < last) {
                    LockSupport.parkNanos(100_000);
                }
                LockSupport.parkNanos(1_000L * delayMicros);
                server.kill();
            });
            write(server);
            killer.join();
            server.awaitEnd();
            verify();
        }
        assertTrue(acknowledged.size() > BATCH, "seed " + SEED);
    }

    /** The last batch is there whole or not at all, and everything before it is. */
    private void verify() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder)) {
            JsonNode all = server.send("POST", "i/_search", "{'size':10000,'track_total_hits':true}")
                    .json();
            TreeMap<String, Integer> found = new TreeMap<>();
            all.at("/hits/hits")
                    .forEach(hit -> found.put(
                            hit.get("_id").stringValue(), hit.at("/_source/n").intValue()));
            assertTrue(
                    found.equals(acknowledged) || found.equals(attempted),
                    () -> "seed " + SEED + ": found " + found + ", acknowledged " + acknowledged + ", attempted "
                            + attempted);
            acknowledged.clear();
            acknowledged.putAll(found);
            assertEquals(
                    found.size(),
                    server.send("POST", "i/_count", "{'query':{'match':{'t':'word'}}}")
                            .json()
                            .at("/count")
                            .asInt(0),
                    "seed " + SEED);
        }
    }
}
