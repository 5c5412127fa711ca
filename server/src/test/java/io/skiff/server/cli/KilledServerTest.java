package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server in a process of its own is killed while it takes bulk requests; the next one has all that was acknowledged. */
@Timeout(180)
class KilledServerTest {
    private static final long SEED = Long.getLong("skiff.seed", System.nanoTime());
    private static final int KILLS = 2;
    private static final int BATCH = 50;
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(SEED);

    /** The number in each acknowledged document. */
    private final TreeMap<String, Integer> acknowledged = new TreeMap<>();

    /** The same with the batch that was not, which is there as a whole or not at all. */
    private final TreeMap<String, Integer> attempted = new TreeMap<>();

    private final AtomicInteger answered = new AtomicInteger();
    private int nextBatch;

    @TempDir
    private Path folder;

    private Process start() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-Xmx256m",
                        "--class-path",
                        System.getProperty("java.class.path"),
                        Skiff.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString())
                .redirectError(folder.resolve("errors").toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    private String address(Process process) throws Exception {
        while (process.isAlive()) {
            Matcher address = ADDRESS.matcher(Files.readString(folder.resolve("output")));
            if (address.find()) {
                return address.group();
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException("the server ended: " + Files.readString(folder.resolve("errors")));
    }

    private JsonNode send(String address, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return MAPPER.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    /** Batches one after the other until the server is gone, some with deletions of what was there before. */
    private void write(String address) throws InterruptedException {
        while (true) {
            TreeMap<String, Integer> after = new TreeMap<>(acknowledged);
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < BATCH; i++) {
                String id = random.nextInt(3) == 0 && !after.isEmpty() ? after.firstKey() : nextBatch + "-" + i;
                if (random.nextInt(6) == 0) {
                    body.append("{'delete':{'_id':'").append(id).append("'}}\n");
                    after.remove(id);
                } else {
                    body.append("{'index':{'_id':'").append(id).append("'}}\n{'t':'word','n':");
                    body.append(nextBatch).append("}\n");
                    after.put(id, nextBatch);
                }
            }
            nextBatch++;
            attempted.clear();
            attempted.putAll(after);
            try {
                JsonNode answer =
                        send(address, "i/_bulk" + (nextBatch % 5 == 0 ? "?refresh=true" : ""), body.toString());
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
            Process server = start();
            String address = address(server);
            int last = answered.get() + 5 + random.nextInt(20);
            int delayMicros = random.nextInt(20_000);
            Thread killer = Thread.ofPlatform().start(() -> {
                while (answered.get() < last) {
                    LockSupport.parkNanos(100_000);
                }
                LockSupport.parkNanos(1_000L * delayMicros);
                server.destroyForcibly();
            });
            write(address);
            killer.join();
            assertTrue(server.waitFor(10, TimeUnit.SECONDS));
            verify();
        }
        assertTrue(acknowledged.size() > BATCH, "seed " + SEED);
    }

    /** The last batch is there whole or not at all, and everything before it is. */
    private void verify() throws Exception {
        Process server = start();
        try {
            String address = address(server);
            JsonNode all = send(address, "i/_search", "{'size':10000,'track_total_hits':true}");
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
                    send(address, "i/_count", "{'query':{'match':{'t':'word'}}}")
                            .at("/count")
                            .asInt(0),
                    "seed " + SEED);
        } finally {
            server.destroy();
            assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        }
    }
}
