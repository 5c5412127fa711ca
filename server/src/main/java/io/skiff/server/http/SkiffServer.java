package io.skiff.server.http;

import io.skiff.server.collection.Collections;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A running HTTP server over some collections. */
public final class SkiffServer implements AutoCloseable {
    private SkiffServer() {}

    /**
     * Starts serving; returns once connections are accepted.
     *
     * @param collections what to serve; stays its owner's to close, after the server
     * @param port 0 for any free one
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static SkiffServer start(Collections collections, String host, int port) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Finishes the requests under way, refuses new ones, and stops. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("not yet");
    }
}
