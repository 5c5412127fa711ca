package io.skiff.bench.load;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A server's address and an index of it.
 *
 * @param address where it listens
 * @param index the index that is searched
 */
record Target(InetSocketAddress address, String index) {
    private static final int DEFAULT_PORT = 9200;

    /**
     * The server at a URL such as {@code http://127.0.0.1:9200}.
     *
     * @throws IllegalArgumentException if it is no such URL
     */
    static Target of(String url, String index) {
        URI uri = URI.create(url);
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("expected a URL such as http://127.0.0.1:9200, got " + url);
        }
        return new Target(
                new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()), index);
    }
}
