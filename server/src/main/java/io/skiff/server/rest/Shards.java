package io.skiff.server.rest;

import tools.jackson.core.JsonGenerator;

/** The member {@code _shards}, which every answer of Elasticsearch's has: here an index is one shard and always there. */
public final class Shards {
    private Shards() {}

    /** Writes the member as answers to writes have it. */
    public static void writeOfChange(JsonGenerator json) {
        writeOfChange(json, 1);
    }

    /** The same where so many indexes were changed. */
    public static void writeOfChange(JsonGenerator json, int indexes) {
        json.writeObjectPropertyStart("_shards");
        json.writeNumberProperty("total", indexes);
        json.writeNumberProperty("successful", indexes);
        json.writeNumberProperty("failed", 0);
        json.writeEndObject();
    }

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
