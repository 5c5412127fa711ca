package io.skiff.server.rest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests without a server around them. */
public final class RequestFixture {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RequestFixture() {}

    /** A request with a JSON body and parameters of the query string. */
    public static Request request(String method, String path, Map<String, String> parameters, String body) {
        List<String> segments =
                path.equals("/") ? List.of() : List.of(path.substring(1).split("/"));
        return new Request(
                method,
                path,
                segments,
                parameters,
                Map.of("content-type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8),
                Map.of(),
                new Cancellation());
    }

    /** The body of an answer, parsed. */
    public static JsonNode json(Response response) {
        return MAPPER.readTree(response.body());
    }
}
