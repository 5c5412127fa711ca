package io.skiff.server.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From Netty's requests to ours. */
final class Requests {
    private Requests() {}

    /**
     * A copy of a request.
     *
     * @throws IllegalArgumentException if the percent-encoding of its address is broken
     */
    static Request of(FullHttpRequest http, Cancellation cancellation) {
        QueryStringDecoder query = new QueryStringDecoder(http.uri());
        Map<String, String> parameters = new HashMap<>();
        query.parameters().forEach((name, values) -> parameters.put(name, values.getLast()));
        return new Request(
                http.method().name(),
                http.uri(),
                segments(query.rawPath()),
                parameters,
                headers(http),
                ByteBufUtil.getBytes(http.content()),
                Map.of(),
                cancellation);
    }

    /** A stand-in for a request that could not be read, so that it can be answered. */
    static Request unreadable() {
        return new Request("GET", "/", List.of(), Map.of(), Map.of(), new byte[0], Map.of(), new Cancellation());
    }

    private static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String raw : rawPath.split("/")) {
            if (!raw.isEmpty()) {
                // In a path a plus is a plus; the decoder is one for forms, where it is a space.
                segments.add(QueryStringDecoder.decodeComponent(raw.replace("+", "%2B")));
            }
        }
        return segments;
    }

    private static Map<String, String> headers(FullHttpRequest http) {
        Map<String, String> headers = new HashMap<>();
        http.headers()
                .forEach(header -> headers.merge(
                        header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (a, b) -> a + ", " + b));
        return headers;
    }
}
