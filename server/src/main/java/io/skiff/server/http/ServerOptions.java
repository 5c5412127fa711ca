package io.skiff.server.http;

import java.util.Optional;

/**
 * How a server listens and how much it takes on.
 *
 * @param host name or address to listen at
 * @param port 0 for any free one
 * @param searchThreads searches that run at a time
 * @param writeThreads requests that write at a time
 * @param queueCapacity searches that may wait for a thread, and also writes; one more is refused with status 429
 * @param maxBodyBytes largest body of a request, unpacked
 * @param tls how to encrypt; not at all if empty
 */
public record ServerOptions(
        String host,
        int port,
        int searchThreads,
        int writeThreads,
        int queueCapacity,
        int maxBodyBytes,
        Optional<TlsFiles> tls) {
    /** Port of Elasticsearch, and of Skiff. */
    public static final int DEFAULT_PORT = 9200;

    /** Searches that may wait, as many as Elasticsearch lets wait. */
    public static final int DEFAULT_QUEUE_CAPACITY = 1_000;

    /** Room for the batches that clients write: thousands of documents with their vectors. */
    public static final int DEFAULT_MAX_BODY_BYTES = 32 << 20;

    /** Refuses what cannot be. */
    public ServerOptions {
        require("port", port, 0, 65_535);
        require("search threads", searchThreads, 1, 1_024);
        require("write threads", writeThreads, 1, 1_024);
        require("queue capacity", queueCapacity, 1, 1_000_000);
        require("largest body in bytes", maxBodyBytes, 1, 1 << 30);
    }

    /** Without TLS, and as many threads that write as search. */
    public ServerOptions(String host, int port, int searchThreads, int queueCapacity, int maxBodyBytes) {
        this(host, port, searchThreads, searchThreads, queueCapacity, maxBodyBytes, Optional.empty());
    }

    /** The defaults at an address: a search thread and one that writes per processor. */
    public static ServerOptions at(String host, int port) {
        return new ServerOptions(
                host, port, Runtime.getRuntime().availableProcessors(), DEFAULT_QUEUE_CAPACITY, DEFAULT_MAX_BODY_BYTES);
    }

    private static void require(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " must be in " + min + ".." + max + ", got " + value);
        }
    }
}
