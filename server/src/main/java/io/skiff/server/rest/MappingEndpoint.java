package io.skiff.server.rest;

import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.schema.MappingWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What is known of the fields and settings of an index: all of it, or the mappings or the settings alone. */
final class MappingEndpoint implements Endpoint {
    /** A part of what is known. */
    enum Part {
        /** {@code aliases}, {@code mappings} and {@code settings}. */
        EVERYTHING,
        MAPPINGS,
        SETTINGS
    }

    private final Collections collections;
    private final Part part;

    MappingEndpoint(Collections collections, Part part) {
        this.collections = collections;
        this.part = part;
    }

    @Override
    public Response answer(Request request) {
        List<String> asked = Indices.names(collections, request);
        return Response.json(request, json -> {
            json.writeStartObject();
            asked.forEach(name -> collections.acquire(name).ifPresent(collection -> {
                try (collection) {
                    json.writeObjectPropertyStart(collection.name());
                    write(json, collection);
                    json.writeEndObject();
                }
            }));
            json.writeEndObject();
        });
    }

    private void write(JsonGenerator json, Collection collection) {
        if (part == Part.EVERYTHING) {
            json.writeObjectPropertyStart("aliases");
            json.writeEndObject();
        }
        if (part != Part.SETTINGS) {
            writeMappings(json, collection);
        }
        if (part != Part.MAPPINGS) {
            json.writeObjectPropertyStart("settings");
            json.writeObjectPropertyStart("index");
            json.writeStringProperty("number_of_shards", "1");
            json.writeStringProperty("number_of_replicas", "0");
            json.writeStringProperty("provided_name", collection.name());
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void writeMappings(JsonGenerator json, Collection collection) {
        json.writeName("mappings");
        MappingWriter.write(json, collection.schema());
    }
}
