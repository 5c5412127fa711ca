package io.skiff.server.rest;

import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;

/** {@code GET /{index}/_count}: the documents of an index. */
final class CountEndpoint implements Endpoint {
    private final Collections collections;

    CountEndpoint(Collections collections) {
        this.collections = collections;
    }

    @Override
    public Response answer(Request request) {
        Collection collection = Indices.require(collections, request);
        if (request.body().length > 0) {
            throw RestException.illegalArgument(
                    "[_count] does not support a body with a [query] in this version; without one it counts every document");
        }
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeNumberProperty("count", collection.reader().documentCount());
            Shards.write(json);
            json.writeEndObject();
        });
    }
}
