package io.skiff.server.rest.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.rest.LiveServer;
import io.skiff.server.rest.LiveServer.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several writers, each with documents of its own, with searches, refreshes, merges and new fields at the same time; in the
 * end, and after a restart, the index holds what the writers were told.
 */
@Timeout(240)
class ConcurrentWritingTest {
    private static final long SEED = Long.getLong("skiff.seed", System.nanoTime());
    private static final int WRITERS = 4;
    private static final int ROUNDS = 40;
    private static final int DOCUMENTS = 60;

    private LiveServer server;

    /** What one writer knows: the number in each of its documents. */
    private Map<String, Integer> write(int writer) throws Exception {
        Random random = new Random(SEED + writer);
        Map<String, Integer> expected = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            String id = writer + "-" + random.nextInt(DOCUMENTS);
            int number = random.nextInt(1_000);
            switch (random.nextInt(5)) {
                case 0 -> {
                    boolean there = expected.remove(id) != null;
                    assertEquals(
                            there ? 200 : 404,
                            server.send("DELETE /i/_doc/" + id).status(),
                            seed());
                }
                case 1 -> {
                    boolean there = expected.containsKey(id);
                    Answer answer = server.send(
                            "POST /i/_update/" + id, "{'doc':{'n':" + number + ",'t':'w" + number % 7 + "'}}");
                    assertEquals(there ? 200 : 404, answer.status(), () -> seed() + answer.text());
                    if (there) {
                        expected.put(id, number);
                    }
                }
                case 2 -> {
                    Answer answer = server.send(
                            "PUT /i/_doc/" + id,
                            "{'n':" + number + ",'t':'w" + number % 7 + "','f" + writer + "_" + round % 5 + "':1}");
                    assertEquals(
                            expected.put(id, number) == null ? 201 : 200,
                            answer.status(),
                            () -> seed() + answer.text());
                }
                default -> bulk(random, writer, expected);
            }
        }
        return expected;
    }

    private void bulk(Random random, int writer, Map<String, Integer> expected) throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            String id = writer + "-" + random.nextInt(DOCUMENTS);
            if (random.nextInt(4) == 0) {
                body.append("{'delete':{'_id':'").append(id).append("'}}\n");
                expected.remove(id);
            } else {
                int number = random.nextInt(1_000);
                body.append("{'index':{'_id':'").append(id).append("'}}\n{'n':").append(number);
                body.append(",'t':'w").append(number % 7).append("'}\n");
                expected.put(id, number);
            }
        }
        Answer answer = server.send("POST /i/_bulk", body.toString());
        assertEquals("false", answer.at("errors"), () -> seed() + answer.text());
    }

    private static String seed() {
        return "seed " + SEED + " ";
    }

    private Void disturb(AtomicBoolean done) throws Exception {
        Random random = new Random(SEED - 1);
        while (!done.get()) {
            Answer answer = switch (random.nextInt(6)) {
                case 0 -> server.send("POST /i/_refresh");
                case 1 -> server.send("POST /i/_forcemerge");
                case 2 -> server.send("PUT /i/_settings", "{'refresh_interval':'" + (1 + random.nextInt(3)) + "s'}");
                case 3 -> server.send("POST /i/_count", "{'query':{'range':{'n':{'gte':500}}}}");
                default -> server.send("POST /i/_search", "{'query':{'match':{'t':'w3'}},'size':50}");
            };
            assertEquals(200, answer.status(), () -> seed() + answer.text());
            if (answer.json().has("hits")) {
                answer.json()
                        .at("/hits/hits")
                        .forEach(hit -> assertEquals(3, hit.at("/_source/n").intValue() % 7, () -> seed() + hit));
            }
        }
        return null;
    }

    @Test
    void whatWritersWereToldIsThere(@TempDir Path data) throws Exception {
        server = new LiveServer(data);
        server.send("PUT /i", "{'mappings':{'properties':{'n':{'type':'integer'},'t':{'type':'text'}}}}");
        Map<String, Integer> expected = new TreeMap<>();
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2)) {
            List<Future<Map<String, Integer>>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> write(writer)));
            }
            Callable<Void> disturbance = () -> disturb(done);
            List<Future<Void>> disturbing = List.of(threads.submit(disturbance), threads.submit(disturbance));
            try {
                for (Future<Map<String, Integer>> writer : writers) {
                    expected.putAll(writer.get());
                }
            } finally {
                done.set(true);
            }
            for (Future<Void> each : disturbing) {
                each.get();
            }
        }
        assertTrue(expected.size() > WRITERS, seed());
        server.send("POST /i/_refresh");
        assertHolds(expected);
        server.close();
        server = new LiveServer(data);
        assertHolds(expected);
        server.close();
    }

    private void assertHolds(Map<String, Integer> expected) throws Exception {
        Answer all = server.send("POST /i/_search", "{'size':1000,'track_total_hits':true}");
        Map<String, Integer> found = new TreeMap<>();
        all.json()
                .at("/hits/hits")
                .forEach(hit -> found.put(
                        hit.get("_id").stringValue(), hit.at("/_source/n").intValue()));
        assertEquals(expected, found, seed());
        for (Map.Entry<String, Integer> document : expected.entrySet()) {
            assertEquals(
                    document.getValue().toString(),
                    server.send("GET /i/_source/" + document.getKey()).at("n"),
                    seed());
        }
    }
}
