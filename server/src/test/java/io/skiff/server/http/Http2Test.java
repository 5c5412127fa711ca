package io.skiff.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.Lane;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.Router;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 and TLS, and clients that hang up. */
@Timeout(60)
class Http2Test {
    private static final int MAX_BODY_BYTES = 300_000;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final SynchronousQueue<Cancellation> atGate = new SynchronousQueue<>();

    @TempDir
    private Path folder;

    private SkiffServer server;

    @AfterEach
    void stop() {
        gate.countDown();
        if (server != null) {
            server.close();
        }
    }

    private void start(Optional<TlsFiles> tls) throws IOException {
        Router router = new Router.Builder()
                .add("GET", "/", Lane.IMMEDIATE, Set.of(), request -> text(request, "root"))
                .add(
                        "POST",
                        "/{name}/_echo",
                        Lane.SEARCH,
                        Set.of(),
                        request -> text(request, new String(request.body(), StandardCharsets.UTF_8)))
                .add("GET", "/{name}/_gate", Lane.SEARCH, Set.of(), this::waitAtGate)
                .build();
        server = SkiffServer.start(router, new ServerOptions("127.0.0.1", 0, 2, 2, 1_000, MAX_BODY_BYTES, tls));
    }

    private Response waitAtGate(Request request) {
        try {
            atGate.put(request.cancellation());
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return text(request, "through the gate");
    }

    private static Response text(Request request, String text) {
        return Response.json(request, json -> json.writeString(text));
    }

    private HttpRequest.Builder to(String scheme, String path) {
        return HttpRequest.newBuilder(
                        URI.create(scheme + "://localhost:" + server.address().getPort() + path))
                .header("Content-Type", "application/json");
    }

    private void assertSpeaks(HttpClient client, String scheme, Version version) throws Exception {
        HttpResponse<String> first = client.send(to(scheme, "/").build(), BodyHandlers.ofString());
        assertEquals(version, first.version());
        assertEquals("\"root\"", first.body());
        assertEquals(
                "Elasticsearch", first.headers().firstValue("X-Elastic-Product").orElse("none"));
        HttpResponse<String> head = client.send(to(scheme, "/").HEAD().build(), BodyHandlers.ofString());
        assertEquals("", head.body());
        assertEquals("6", head.headers().firstValue("Content-Length").orElse("none"));
        String large = "y".repeat(MAX_BODY_BYTES);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String body = i + large.substring(4);
            answers.add(client.sendAsync(
                    to(scheme, "/x/_echo").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()));
        }
        for (int i = 0; i < answers.size(); i++) {
            HttpResponse<String> answer = answers.get(i).get(30, TimeUnit.SECONDS);
            assertEquals(version, answer.version());
            assertEquals("\"" + i + large.substring(4) + "\"", answer.body());
        }
        HttpResponse<String> tooLarge = client.send(
                to(scheme, "/x/_echo")
                        .POST(BodyPublishers.ofString(large + "y"))
                        .build(),
                BodyHandlers.ofString());
        assertEquals(413, tooLarge.statusCode());
        HttpResponse<byte[]> packed = client.send(
                to(scheme, "/x/_echo")
                        .header("Accept-Encoding", "gzip")
                        .POST(BodyPublishers.ofString(large))
                        .build(),
                BodyHandlers.ofByteArray());
        assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse("none"));
    }

    @Test
    void speaksHttp2InTheClearAfterAnUpgrade() throws Exception {
        start(Optional.empty());
        try (HttpClient client = HttpClient.newBuilder().version(Version.HTTP_2).build()) {
            assertSpeaks(client, "http", Version.HTTP_2);
        }
        try (HttpClient client =
                HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
            assertSpeaks(client, "http", Version.HTTP_1_1);
        }
    }

    @Test
    void speaksEitherOverTls() throws Exception {
        TestCertificate certificate = new TestCertificate(folder);
        start(Optional.of(certificate.files()));
        for (Version version : Version.values()) {
            if (version != Version.HTTP_1_1 && version != Version.HTTP_2) {
                continue;
            }
            try (HttpClient client = HttpClient.newBuilder()
                    .version(version)
                    .sslContext(certificate.clientContext())
                    .build()) {
                assertSpeaks(client, "https", version);
            }
        }
        try (RawClient clear = new RawClient(server.address())) {
            clear.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
            assertThrows(IOException.class, clear::receive, "no clear text where TLS is asked for");
        }
    }

    @Test
    void saysWhatIsWrongWithCertificates() throws Exception {
        TestCertificate certificate = new TestCertificate(folder);
        Path junk = Files.writeString(folder.resolve("junk.pem"), "junk");
        assertTlsRefused(
                new TlsFiles(folder.resolve("none.pem"), certificate.files().key()), "none.pem");
        assertTlsRefused(new TlsFiles(junk, certificate.files().key()), "junk.pem");
        assertTlsRefused(new TlsFiles(certificate.files().certificate(), junk), "junk.pem");
    }

    private void assertTlsRefused(TlsFiles files, String named) {
        IOException refused = assertThrows(IOException.class, () -> start(Optional.of(files)));
        assertTrue(refused.getMessage().contains(named), refused.getMessage());
    }

    /** Byte for byte, as RFC 9113 has it: preface, settings, and a request whose headers are all in HPACK's table. */
    @Test
    void speaksHttp2AtOnceWithAClientThatKnows() throws Exception {
        start(Optional.empty());
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            writeFrame(out, 4, 0, 0, new byte[0]);
            byte[] get = {(byte) 0x82, (byte) 0x84, (byte) 0x86};
            writeFrame(out, 1, 5, 1, get);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String body = "";
            while (body.isEmpty()) {
                int head = in.readInt();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(head >>> 8);
                int type = head & 0xff;
                assertTrue(type != 3 && type != 7, "the server gave up with frame " + type + " " + flags);
                if (type == 0 && stream == 1) {
                    body = new String(payload, StandardCharsets.UTF_8);
                }
            }
            assertEquals("\"root\"", body);
        }
    }

    private static void writeFrame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeInt(payload.length << 8 | type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    @Test
    void aClientThatHangsUpCancelsItsSearch() throws Exception {
        start(Optional.empty());
        Cancellation plain;
        try (RawClient raw = new RawClient(server.address())) {
            raw.get("/x/_gate");
            plain = atGate.take();
            assertTrue(!plain.isCancelled());
        }
        awaitCancelled(plain);
        try (HttpClient client = HttpClient.newBuilder().version(Version.HTTP_2).build()) {
            client.send(to("http", "/").build(), BodyHandlers.ofString());
            CompletableFuture<?> search =
                    client.sendAsync(to("http", "/x/_gate").build(), BodyHandlers.ofString());
            Cancellation stream = atGate.take();
            search.cancel(true);
            awaitCancelled(stream);
            gate.countDown();
            assertEquals(
                    200,
                    client.send(to("http", "/").build(), BodyHandlers.ofString())
                            .statusCode(),
                    "other streams of the connection go on");
        }
    }

    private static void awaitCancelled(Cancellation cancellation) throws InterruptedException {
        while (!cancellation.isCancelled()) {
            Thread.sleep(5); // the test's timeout ends this
        }
    }

    @Test
    void aConnectionOfHttp2FinishesItsStreamsWhenTheServerStops() throws Exception {
        start(Optional.empty());
        try (HttpClient client = HttpClient.newBuilder().version(Version.HTTP_2).build()) {
            client.send(to("http", "/").build(), BodyHandlers.ofString());
            CompletableFuture<HttpResponse<String>> underWay =
                    client.sendAsync(to("http", "/x/_gate").build(), BodyHandlers.ofString());
            atGate.take();
            Thread closing = Thread.ofPlatform().start(server::close);
            gate.countDown();
            HttpResponse<String> answer = underWay.get(20, TimeUnit.SECONDS);
            assertEquals(Version.HTTP_2, answer.version());
            assertEquals("\"through the gate\"", answer.body());
            closing.join();
        }
    }
}
