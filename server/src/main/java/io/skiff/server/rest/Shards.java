package io.skiff.server.rest;

import tools.jackson.core.JsonGenerator;

/** The member {@code _shards}, which every answer of Elasticsearch's has: here an index is one shard and always there. */
public final class Shards {
    private Shards() {}

    /** Writes the member. */
    public static void write(JsonGenerator json) {
        json.writeObjectPropertyStart("_shards");
        json.writeNumberProperty("total", 1);
        json.writeNumberProperty("successful", 1);
        json.writeNumberProperty("skipped", 0);
        json.writeNumberProperty("failed", 0);
        json.writeEndObject();
    }
}
