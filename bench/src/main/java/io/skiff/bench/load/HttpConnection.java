package io.skiff.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One keep-alive connection of HTTP/1.1 that costs next to nothing: whole requests out, one answer in, no threads of its
 * own. The kernel wakes the caller when the answer is there.
 */
final class HttpConnection implements AutoCloseable {
    private static final int FIRST_CAPACITY = 1 << 16;
    private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private ByteBuffer in = ByteBuffer.allocateDirect(FIRST_CAPACITY);
    private String headers = "";
    private int bodyStart;

    HttpConnection(InetSocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** The bytes of a request with a body of JSON. */
    static byte[] request(String method, String path, String contentType, byte[] body) {
        byte[] head = (method + " " + path + " HTTP/1.1\r\nHost: bench\r\nAccept: application/json\r\nContent-Type: "
                        + contentType + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer whole = ByteBuffer.allocate(head.length + body.length);
        whole.put(head).put(body);
        return whole.array();
    }

    /**
     * Sends a request and waits for all of its answer.
     *
     * @return the status
     */
    int exchange(byte[] request) throws IOException {
        return exchange(ByteBuffer.wrap(request));
    }

    /** The same; leaves the buffer as it is. */
    int exchange(ByteBuffer request) throws IOException {
        ByteBuffer out = request.duplicate();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        in.clear();
        int headersEnd = -1;
        int wanted = Integer.MAX_VALUE;
        while (in.position() < wanted) {
            int searchedFrom = Math.max(0, in.position() - END_OF_HEADERS.length);
            if (!in.hasRemaining()) {
                grow(wanted == Integer.MAX_VALUE ? 2 * in.capacity() : wanted);
            }
            if (channel.read(in) < 0) {
                throw new IOException("the server hung up before its answer was complete");
            }
            if (headersEnd < 0) {
                headersEnd = endOfHeaders(searchedFrom);
                if (headersEnd >= 0) {
                    headers = text(0, headersEnd);
                    bodyStart = headersEnd + END_OF_HEADERS.length;
                    wanted = bodyStart + contentLength();
                }
            }
        }
        return Integer.parseInt(headers.substring(9, 12));
    }

    private void grow(int capacity) {
        ByteBuffer larger = ByteBuffer.allocateDirect(capacity);
        in.flip();
        larger.put(in);
        in = larger;
    }

    private int endOfHeaders(int from) {
        for (int i = from; i + END_OF_HEADERS.length <= in.position(); i++) {
            if (in.get(i) == '\r' && in.get(i + 1) == '\n' && in.get(i + 2) == '\r' && in.get(i + 3) == '\n') {
                return i;
            }
        }
        return -1;
    }

    private int contentLength() throws IOException {
        String length = header("content-length");
        if (length == null) {
            throw new IOException("the answer has no Content-Length: " + headers);
        }
        return Integer.parseInt(length);
    }

    /** A header of the last answer, or null. */
    String header(String name) {
        String lower = headers.toLowerCase(Locale.ROOT);
        int start = lower.indexOf("\r\n" + name + ":");
        if (start < 0) {
            return null;
        }
        int value = start + name.length() + 3;
        int end = headers.indexOf("\r\n", value);
        return headers.substring(value, end < 0 ? headers.length() : end).strip();
    }

    /** The body of the last answer. */
    String body() {
        return text(bodyStart, in.position());
    }

    private String text(int from, int to) {
        byte[] bytes = new byte[to - from];
        in.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
