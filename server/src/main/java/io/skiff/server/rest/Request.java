package io.skiff.server.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, wholly received.
 *
 * @param method in capitals
 * @param uri path and query as they came, for messages
 * @param segments of the path, percent-decoded; none for {@code /}
 * @param parameters of the query, decoded; the last one where a name repeats
 * @param headers by name in small letters; values of a name that repeats joined by commas
 * @param body empty where there is none
 * @param pathParameters what stood where the route has a name in braces
 * @param cancellation whether anybody still waits for the answer
 */
public record Request(
        String method,
        String uri,
        List<String> segments,
        Map<String, String> parameters,
        Map<String, String> headers,
        byte[] body,
        Map<String, String> pathParameters,
        Cancellation cancellation) {
    /** Copies the collections; the bytes are the caller's to leave alone. */
    public Request {
        segments = List.copyOf(segments);
        parameters = Map.copyOf(parameters);
        headers = Map.copyOf(headers);
        pathParameters = Map.copyOf(pathParameters);
    }

    /** The same request, at a route. */
    Request at(Map<String, String> parametersOfPath) {
        return new Request(method, uri, segments, parameters, headers, body, parametersOfPath, cancellation);
    }

    /** The value of a header, its name given in small letters. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The value of a query parameter. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /**
     * The value of a query parameter that is true or false; true for one without a value.
     *
     * @param absent what holds without the parameter
     */
    public boolean flag(String name, boolean absent) {
        return parameter(name)
                .map(value -> switch (value) {
                    case "", "true" -> true;
                    case "false" -> false;
                    default ->
                        throw RestException.illegalArgument("Failed to parse value [" + value + "] of [" + name
                                + "] as only [true] or [false] are allowed.");
                })
                .orElse(absent);
    }

    /** Whether the route has {@code {name}}. */
    public boolean hasPathParameter(String name) {
        return pathParameters.containsKey(name);
    }

    /** What stands in the path for {@code {name}} of the route. */
    public String pathParameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalStateException("the route of " + uri + " has no {" + name + "}");
        }
        return value;
    }

    /**
     * The body of a request that must have one.
     *
     * @throws RestException if it has none
     */
    public byte[] requiredBody() {
        if (body.length == 0) {
            throw new RestException(400, "parse_exception", "request body is required");
        }
        return body;
    }

    /** Whether the answer is to be indented for people, {@code ?pretty}. */
    public boolean pretty() {
        return parameter("pretty").filter(value -> !value.equals("false")).isPresent();
    }
}
