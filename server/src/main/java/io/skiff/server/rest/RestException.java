package io.skiff.server.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** A request cannot be answered as asked; carries what Elasticsearch's shape of an error needs. */
public final class RestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final transient Map<String, Object> details;
    private final transient Map<String, String> headers;

    private RestException(
            int status, String type, String reason, Map<String, Object> details, Map<String, String> headers) {
        super(reason, null, false, false); // an answer, not a defect: no stack
        this.status = status;
        this.type = type;
        this.details = details;
        this.headers = headers;
    }

    /** With the status of HTTP, Elasticsearch's name for the kind of error, and the reason in words. */
    public RestException(int status, String type, String reason) {
        this(status, type, reason, Map.of(), Map.of());
    }

    /** An argument that is understood and cannot be. */
    public static RestException illegalArgument(String reason) {
        return new RestException(400, "illegal_argument_exception", reason);
    }

    /** There is no index of that name. */
    public static RestException indexNotFound(String index) {
        return new RestException(404, "index_not_found_exception", "no such index [" + index + "]")
                .with("resource.type", "index_or_alias")
                .with("resource.id", index)
                .with("index_uuid", "_na_")
                .with("index", index);
    }

    /** The same with one more member in the answer: a string, a number or a map. */
    public RestException with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new RestException(status, type, getMessage(), more, headers);
    }

    /** The same with the error behind it: Elasticsearch's name for its kind, and the reason in words. */
    public RestException causedBy(String causeType, String causeReason) {
        Map<String, String> cause = new LinkedHashMap<>();
        cause.put("type", causeType);
        cause.put("reason", causeReason);
        return with("caused_by", cause);
    }

    /** The same with one more header in the answer. */
    RestException withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new RestException(status, type, getMessage(), details, more);
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** The answer to the request that went wrong. */
    public Response response(Request request) {
        return Response.json(request, status, headers, this::write);
    }

    /** Writes the answer's object. */
    public void write(JsonGenerator json) {
        json.writeStartObject();
        writeError(json);
        json.writeNumberProperty("status", status);
        json.writeEndObject();
    }

    /** Writes the member {@code error}. */
    public void writeError(JsonGenerator json) {
        json.writeObjectPropertyStart("error");
        json.writeArrayPropertyStart("root_cause");
        json.writeStartObject();
        writeCause(json, false);
        json.writeEndObject();
        json.writeEndArray();
        writeCause(json, true);
        json.writeEndObject();
    }

    /** Writes the object that stands for the error where an answer has several. */
    public void writeItem(JsonGenerator json) {
        json.writeStartObject();
        writeCause(json, true);
        json.writeEndObject();
    }

    /** A root cause has nothing behind it. */
    private void writeCause(JsonGenerator json, boolean withCause) {
        json.writeStringProperty("type", type);
        json.writeStringProperty("reason", getMessage());
        details.forEach((name, value) -> {
            switch (value) {
                case Integer number -> json.writeNumberProperty(name, number);
                case Map<?, ?> members -> {
                    if (withCause) {
                        json.writeObjectPropertyStart(name);
                        members.forEach((key, member) -> json.writeStringProperty(key.toString(), member.toString()));
                        json.writeEndObject();
                    }
                }
                default -> json.writeStringProperty(name, value.toString());
            }
        });
    }
}
