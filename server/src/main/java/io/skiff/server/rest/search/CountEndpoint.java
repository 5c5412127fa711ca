package io.skiff.server.rest.search;

import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Indices;
import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.Shards;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.QueryLimits;
import io.skiff.server.rest.query.QueryParser;
import java.util.List;

/** {@code _count}: how many documents match a query, all of them without one. */
public final class CountEndpoint implements Endpoint {
    private final Collections collections;
    private final QueryLimits limits;

    /** Over these collections. */
    public CountEndpoint(Collections collections, QueryLimits limits) {
        this.collections = collections;
        this.limits = limits;
    }

    @Override
    public Response answer(Request request) {
        long count;
        try (Collection collection = Indices.acquire(collections, request)) {
            count = CollectionSearch.count(collection, limits, query(request), request.cancellation());
        }
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeNumberProperty("count", count);
            Shards.write(json);
            json.writeEndObject();
        });
    }

    private Query query(Request request) {
        Query[] query = {new Query.MatchAll(1)};
        if (request.body().length > 0) {
            JsonReader.read(request.body(), json -> {
                json.object("count", member -> {
                    if (!member.equals("query")) {
                        throw json.unknown("_count", member, List.of("query"));
                    }
                    query[0] = new QueryParser(json, limits).query();
                });
                return null;
            });
        }
        return query[0];
    }
}
