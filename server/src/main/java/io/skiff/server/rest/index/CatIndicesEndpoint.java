package io.skiff.server.rest.index;

import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Health;
import io.skiff.server.rest.Indices;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code GET /_cat/indices}, {@code GET /_cat/indices/{index}}: the indexes and their sizes, always as JSON, every value a string as Elasticsearch has it. */
public final class CatIndicesEndpoint implements Endpoint {
    /** Parameters of the query string; all but the format change nothing. */
    public static final Set<String> PARAMETERS = Set.of("format", "expand_wildcards", "master_timeout", "local");

    private final Collections collections;

    /** Over these collections. */
    public CatIndicesEndpoint(Collections collections) {
        this.collections = collections;
    }

    @Override
    public Response answer(Request request) {
        requireJson(request);
        List<String> asked = Indices.names(collections, request);
        return Response.json(request, json -> {
            json.writeStartArray();
            asked.forEach(name -> collections.acquire(name).ifPresent(collection -> {
                try (collection) {
                    write(json, collection, Health.of(collections, name).status(), collections.live(name));
                }
            }));
            json.writeEndArray();
        });
    }

    /** Tables for people are not written. */
    public static void requireJson(Request request) {
        String format = request.parameter("format").orElse("json");
        if (!format.equals("json")) {
            throw RestException.illegalArgument("[format] = [" + format + "] is not supported, only [json]");
        }
    }

    private static void write(JsonGenerator json, Collection collection, String health, Optional<LiveIndex> live) {
        IndexSizes sizes = IndexSizes.of(collection, live.map(LiveIndex::statistics));
        String bytes = sizes.bytes() + "b";
        json.writeStartObject();
        json.writeStringProperty("health", health);
        json.writeStringProperty("status", "open");
        json.writeStringProperty("index", collection.name());
        json.writeStringProperty("uuid", live.map(LiveIndex::uuid).orElse("_na_"));
        json.writeStringProperty("pri", "1");
        json.writeStringProperty("rep", "0");
        json.writeStringProperty("docs.count", Long.toString(sizes.documents()));
        json.writeStringProperty("docs.deleted", Long.toString(sizes.deleted()));
        json.writeStringProperty("store.size", bytes);
        json.writeStringProperty("pri.store.size", bytes);
        json.writeStringProperty("dataset.size", bytes);
        json.writeEndObject();
    }
}
