package io.skiff.server.rest.index;

import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;

/** The answer to what has been done as it was asked for. */
public final class Acknowledgement {
    private Acknowledgement() {}

    /** {@code {"acknowledged": true}}. */
    public static Response of(Request request) {
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeBooleanProperty("acknowledged", true);
            json.writeEndObject();
        });
    }
}
