package io.skiff.server.rest.index;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Indices;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.schema.MappingWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** What is known of the fields and settings of an index: all of it, or the mappings or the settings alone. */
public final class IndexEndpoint implements Endpoint {
    /** Parameters of the query string, which change nothing. */
    public static final Set<String> PARAMETERS =
            Set.of("local", "master_timeout", "ignore_unavailable", "allow_no_indices", "expand_wildcards");

    /** A part of what is known. */
    public enum Part {
        /** {@code aliases}, {@code mappings} and {@code settings}. */
        EVERYTHING,
        /** {@code mappings}. */
        MAPPINGS,
        /** {@code settings}. */
        SETTINGS
    }

    private final Collections collections;
    private final Part part;

    /** Over these collections. */
    public IndexEndpoint(Collections collections, Part part) {
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
                    json.writeObjectPropertyStart(name);
                    if (part == Part.EVERYTHING) {
                        json.writeObjectPropertyStart("aliases");
                        json.writeEndObject();
                    }
                    if (part != Part.SETTINGS) {
                        json.writeName("mappings");
                        MappingWriter.write(json, collection.schema());
                    }
                    if (part != Part.MAPPINGS) {
                        writeSettings(json, name, collections.live(name));
                    }
                    json.writeEndObject();
                }
            }));
            json.writeEndObject();
        });
    }

    private static void writeSettings(JsonGenerator json, String name, Optional<LiveIndex> live) {
        json.writeObjectPropertyStart("settings");
        json.writeObjectPropertyStart("index");
        if (live.isPresent()) {
            SettingsWriter.write(json, live.get());
        } else {
            json.writeStringProperty("number_of_shards", "1");
            json.writeStringProperty("number_of_replicas", "0");
            json.writeObjectPropertyStart("blocks");
            json.writeStringProperty("read_only", "true");
            json.writeEndObject();
        }
        json.writeStringProperty("provided_name", name);
        json.writeEndObject();
        json.writeEndObject();
    }
}
