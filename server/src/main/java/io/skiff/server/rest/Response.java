package io.skiff.server.rest;

import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param headers further ones
 * @param body the bytes, complete
 */
public record Response(int status, String contentType, Map<String, String> headers, byte[] body) {
    /** Copies the headers; the bytes are the caller's to leave alone. */
    public Response {
        headers = Map.copyOf(headers);
    }

    /** JSON in the media type that the request asks for. */
    public static Response json(
            Request request, int status, Map<String, String> headers, Consumer<JsonGenerator> body) {
        return new Response(
                status, MediaTypes.jsonFor(request.header("accept")), headers, Json.write(request.pretty(), body));
    }

    /** JSON with status 200 and no further headers. */
    public static Response json(Request request, Consumer<JsonGenerator> body) {
        return json(request, 200, Map.of(), body);
    }
}
