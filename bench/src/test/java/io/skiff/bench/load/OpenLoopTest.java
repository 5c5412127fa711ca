package io.skiff.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Against a server of a few lines that stalls once. */
class OpenLoopTest {
    private static final Duration STALL = Duration.ofMillis(400);
    private static final byte[] REQUEST =
            HttpConnection.request("POST", "/i/_search", "application/json", "{}".getBytes(StandardCharsets.UTF_8));

    /** Answers every request on one connection, in two pieces, the tenth after a stall. */
    private static void serve(ServerSocket listener, AtomicInteger served, String status) {
        try (Socket socket = listener.accept()) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            byte[] request = new byte[REQUEST.length];
            while (in.readNBytes(request, 0, request.length) == request.length) {
                if (served.incrementAndGet() == 10) {
                    Thread.sleep(STALL);
                }
                socket.getOutputStream()
                        .write(("HTTP/1.1 " + status + "\r\nServer-Ti").getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream()
                        .write("ming: search;dur=1.5\r\nContent-Length: 5\r\n\r\nhello"
                                .getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LoadResult run(String status) throws IOException, InterruptedException {
        AtomicInteger served = new AtomicInteger();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.ofPlatform().start(() -> serve(listener, served, status));
            Target target = new Target((InetSocketAddress) listener.getLocalSocketAddress(), "i");
            LoadResult result = new OpenLoop(
                            target,
                            i -> ByteBuffer.wrap(REQUEST),
                            connection -> connection.body().equals("hello")
                                    && "search;dur=1.5".equals(connection.header("server-timing")),
                            1,
                            200)
                    .run(Duration.ofSeconds(1));
            server.join();
            assertEquals(200, served.get());
            return result;
        }
    }

    @Test
    void aStallIsChargedForWhatWasDueMeanwhile() throws IOException, InterruptedException {
        LoadResult result = run("200 OK");
        assertEquals(200, result.answers());
        assertEquals(0, result.errors());
        // One request of 200 stalls, but some 80 were due in that time: a closed loop would show 1 in 200, below the
        // 99th percentile. At least half of them must have waited for a tenth of it.
        assertTrue(result.micros(80) > STALL.toNanos() / 1e3 / 10, "80th percentile " + result.micros(80) + " us");
        assertTrue(result.maxMicros() >= STALL.toNanos() / 1e3 * .999, "longest " + result.maxMicros() + " us");
    }

    @Test
    void anErrorIsNoAnswer() throws IOException, InterruptedException {
        LoadResult result = run("429 Too Many Requests");
        assertEquals(0, result.answers());
        assertEquals(200, result.errors());
    }

    @Test
    void readsWhatAServerSaysOfItsTime() {
        assertEquals(480_000, AddedLatency.serverTiming("search;dur=0.480, encode;dur=0.000"));
        assertEquals(1_500_000, AddedLatency.serverTiming("search;dur=1.5"));
        assertEquals(0, AddedLatency.serverTiming(null));
    }
}
