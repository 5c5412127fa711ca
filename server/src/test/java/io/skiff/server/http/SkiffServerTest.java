package io.skiff.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.rest.Lane;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.Router;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server's conduct on the wire, with endpoints that do what a test needs. */
@Timeout(60)
class SkiffServerTest {
    private static final int MAX_BODY_BYTES = 4096;
    private static final int QUEUE_CAPACITY = 1;

    private final Semaphore begun = new Semaphore(0);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private SkiffServer server;

    @BeforeEach
    void start() throws IOException {
        Router router = new Router.Builder()
                .add("GET", "/", Lane.IMMEDIATE, Set.of(), request -> text(request, "root"))
                .add("GET", "/{name}/_echo", Lane.SEARCH, Set.of("a"), SkiffServerTest::echo)
                .add("POST", "/{name}/_echo", Lane.SEARCH, Set.of(), SkiffServerTest::echo)
                .add("GET", "/{name}/_large", Lane.IMMEDIATE, Set.of(), request -> text(request, "x".repeat(1 << 20)))
                .add("GET", "/{name}/_gate", Lane.SEARCH, Set.of(), this::waitAtGate)
                .build();
        server = SkiffServer.start(router, new ServerOptions("127.0.0.1", 0, 1, QUEUE_CAPACITY, MAX_BODY_BYTES));
    }

    @AfterEach
    void stop() {
        gate.countDown();
        server.close();
        client.close();
    }

    private static Response echo(Request request) {
        return text(
                request,
                request.pathParameter("name")
                        + request.parameter("a").map(value -> "?" + value).orElse("")
                        + new String(request.body(), StandardCharsets.UTF_8));
    }

    private Response waitAtGate(Request request) {
        begun.release();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return text(request, "through the gate");
    }

    private static Response text(Request request, String text) {
        return Response.json(request, json -> json.writeString(text));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> sendAsync(String path) {
        return client.sendAsync(to(path).build(), BodyHandlers.ofString());
    }

    @Test
    void answersWithTheProductsHeader() throws Exception {
        HttpResponse<String> response = send(to("/"));
        assertEquals(200, response.statusCode());
        assertEquals("\"root\"", response.body());
        assertEquals(
                "Elasticsearch",
                response.headers().firstValue("X-Elastic-Product").orElse("none"));
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElse("none"));
    }

    @Test
    void decodesAddresses() throws Exception {
        assertEquals(
                "\"a+b c/ü?1+2 3\"",
                send(to("/a+b%20c%2F%C3%BC/_echo?a=1%2B2+3")).body());
        assertEquals(400, send(to("/x/_echo?b=1")).statusCode());
        try (RawClient raw = new RawClient(server.address())) {
            raw.get("/%zz/_echo");
            assertEquals(400, raw.receive().status());
            raw.get("/x/_echo");
            assertEquals(200, raw.receive().status());
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                // Every second one takes the way over the search thread, the others could overtake it.
                requests.append("GET ")
                        .append(i % 2 == 0 ? "/" + i + "/_echo" : "/")
                        .append(" HTTP/1.1\r\nHost: t\r\n\r\n");
            }
            raw.send(requests.toString());
            for (int i = 0; i < 500; i++) {
                assertEquals(
                        i % 2 == 0 ? "\"" + i + "\"" : "\"root\"", raw.receive().body(), "answer " + i);
            }
        }
    }

    @Test
    void closesWhenTheClientAsksTo() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            raw.send("GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
            assertTrue(raw.receive().head().contains("connection: close"));
            assertTrue(raw.isClosedByServer());
        }
        try (RawClient raw = new RawClient(server.address())) {
            raw.send("GET / HTTP/1.0\r\n\r\n");
            assertEquals("\"root\"", raw.receive().body());
            assertTrue(raw.isClosedByServer());
        }
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            raw.send("HEAD / HTTP/1.1\r\nHost: t\r\n\r\nGET / HTTP/1.1\r\nHost: t\r\n\r\n");
            String head = raw.receiveHead();
            assertTrue(head.contains("content-length: 6"), head);
            assertEquals("\"root\"", raw.receive().body());
        }
    }

    @Test
    void refusesWhatTheQueueCannotHold() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        waiting.add(sendAsync("/a/_gate"));
        assertTrue(begun.tryAcquire(20, TimeUnit.SECONDS), "the first search has begun");
        // One more fits into the queue; which of the next two comes first is open, one of them is refused.
        waiting.add(sendAsync("/b/_gate"));
        waiting.add(sendAsync("/c/_gate"));
        HttpResponse<?> refused = (HttpResponse<?>)
                CompletableFuture.anyOf(waiting.get(1), waiting.get(2)).get(20, TimeUnit.SECONDS);
        assertEquals(429, refused.statusCode());
        assertTrue(
                refused.body().toString().contains("\"es_rejected_execution_exception\""),
                refused.body().toString());
        assertEquals(200, send(to("/")).statusCode(), "what needs no search is answered all the same");
        gate.countDown();
        int answered = 0;
        for (CompletableFuture<HttpResponse<String>> each : waiting) {
            answered += each.get(20, TimeUnit.SECONDS).statusCode() == 200 ? 1 : 0;
        }
        assertEquals(1 + QUEUE_CAPACITY, answered);
    }

    @Test
    void finishesWhatIsUnderWayWhenItStops() throws Exception {
        CompletableFuture<HttpResponse<String>> underWay = sendAsync("/a/_gate");
        assertTrue(begun.tryAcquire(20, TimeUnit.SECONDS));
        try (RawClient idle = new RawClient(server.address())) {
            idle.get("/");
            idle.receive();
            Thread closing = Thread.ofPlatform().start(server::close);
            assertTrue(idle.isClosedByServer(), "an idle connection is closed at once");
            gate.countDown();
            HttpResponse<String> response = underWay.get(20, TimeUnit.SECONDS);
            assertEquals("\"through the gate\"", response.body());
            closing.join();
        }
        assertThrows(IOException.class, () -> send(to("/")));
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            String body = "x".repeat(MAX_BODY_BYTES + 1);
            raw.send("POST /x/_echo HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);
            RawClient.Answer answer = raw.receive();
            assertEquals(413, answer.status());
            assertTrue(answer.body().contains("larger than " + MAX_BODY_BYTES), answer.body());
            raw.get("/");
            assertEquals("\"root\"", raw.receive().body(), "the connection is still good");
        }
        String largest = "x".repeat(MAX_BODY_BYTES);
        HttpResponse<String> fits = send(to("/x/_echo").POST(HttpRequest.BodyPublishers.ofString(largest)));
        assertEquals("\"x" + largest + "\"", fits.body());
    }

    @Test
    void unpacksBodiesWithinTheSameLimit() throws Exception {
        assertEquals("\"xhello\"", send(gzipped("hello")).body());
        int status;
        try {
            status = send(gzipped("y".repeat(1 << 20))).statusCode();
        } catch (IOException e) {
            status = 413; // the server may hang up on a bomb before the client has sent it all
        }
        assertTrue(status == 413 || status == 400, "status " + status);
        HttpResponse<String> broken = send(to("/x/_echo")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString("this is not gzip")));
        assertEquals(400, broken.statusCode());
    }

    private HttpRequest.Builder gzipped(String body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return to("/x/_echo")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()));
    }

    @Test
    void packsLargeAnswersForThoseWhoAccept() throws Exception {
        HttpResponse<byte[]> packed =
                client.send(to("/x/_large").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
        assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse("none"));
        assertTrue(packed.body().length < 100_000, packed.body().length + " bytes");
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
        assertEquals((1 << 20) + 2, unpacked.length);
        HttpResponse<String> small = send(to("/").header("Accept-Encoding", "gzip"));
        assertEquals("\"root\"", small.body());
    }

    /** Handlers that pack come with the first request that asks for it. */
    @Test
    void packsOnAConnectionThatBeganWithout() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            for (boolean packed : new boolean[] {false, true, false, true}) {
                raw.send(
                        "GET /x/_large HTTP/1.1\r\nHost: t\r\n" + (packed ? "Accept-Encoding: gzip\r\n" : "") + "\r\n");
                RawClient.Answer answer = raw.receive();
                assertEquals(200, answer.status());
                assertEquals(packed, answer.head().contains("content-encoding: gzip"), answer.head());
                assertEquals(packed, answer.body().length() < 100_000);
            }
            raw.get("/");
            assertEquals("\"root\"", raw.receive().body());
        }
    }

    @Test
    void answersWhatIsNoRequest() throws Exception {
        assertRefused("nonsense\r\n\r\n", 400);
        assertRefused("GET / HTTP/1.1\r\nHost: t\r\nContent-Length: many\r\n\r\n", 400);
        assertRefused("GET /" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\n", 414);
        assertRefused("GET / HTTP/1.1\r\nX: " + "x".repeat(100_000) + "\r\n\r\n", 431);
        assertEquals(200, send(to("/")).statusCode());
    }

    private void assertRefused(String request, int status) throws IOException {
        try (RawClient raw = new RawClient(server.address())) {
            raw.send(request);
            RawClient.Answer answer = raw.receive();
            assertEquals(status, answer.status(), answer.body());
            assertTrue(answer.body().contains("\"status\":" + status), answer.body());
        }
    }

    @Test
    void outlivesClientsThatHangUp() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (RawClient raw = new RawClient(server.address())) {
                raw.send(i % 2 == 0 ? "GET /x/_large HTTP/1.1\r\nHost: t\r\n\r\n" : "POST /x/_echo HT");
            }
        }
        assertEquals(200, send(to("/x/_large")).statusCode());
    }

    @Test
    void saysWhichPortIsTaken() {
        int port = server.address().getPort();
        Router empty = new Router.Builder().build();
        IOException failure = assertThrows(
                IOException.class,
                () -> SkiffServer.start(empty, ServerOptions.at("127.0.0.1", port))
                        .close());
        assertTrue(failure.getMessage().contains("port " + port + " is in use"), failure.getMessage());
        assertTrue(failure.getMessage().contains("--port"), failure.getMessage());
        IOException elsewhere = assertThrows(
                IOException.class,
                () -> SkiffServer.start(empty, ServerOptions.at("192.0.2.1", 0)).close());
        assertTrue(elsewhere.getMessage().contains("192.0.2.1"), elsewhere.getMessage());
    }
}
