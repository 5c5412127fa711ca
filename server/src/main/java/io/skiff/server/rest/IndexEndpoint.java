package io.skiff.server.rest;

import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;

/** {@code GET /{index}} and {@code HEAD /{index}}: whether the index exists, and its fields. */
final class IndexEndpoint implements Endpoint {
    private final Collections collections;

    IndexEndpoint(Collections collections) {
        this.collections = collections;
    }

    @Override
    public Response answer(Request request) {
        Collection collection = Indices.require(collections, request);
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeObjectPropertyStart(collection.name());
            json.writeObjectPropertyStart("aliases");
            json.writeEndObject();
            json.writeObjectPropertyStart("mappings");
            json.writeObjectPropertyStart("properties");
            for (String field : collection.reader().fields().keySet()) {
                json.writeObjectPropertyStart(field);
                json.writeStringProperty("type", collection.encoder(field).isPresent() ? "text" : "sparse_vector");
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeObjectPropertyStart("settings");
            json.writeObjectPropertyStart("index");
            json.writeStringProperty("number_of_shards", "1");
            json.writeStringProperty("number_of_replicas", "0");
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
