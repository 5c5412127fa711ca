package io.skiff.server.rest.search;

import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Indices;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.explain.SearchTrace;
import io.skiff.server.rest.query.QueryLimits;
import java.util.Map;
import java.util.Set;

/** Searches an index. */
public final class SearchEndpoint implements Endpoint {
    /** Parameters of the query string. */
    public static final Set<String> PARAMETERS = SearchRequestParser.PARAMETERS;

    private final Collections collections;
    private final QueryLimits limits;

    /** Over these collections. */
    public SearchEndpoint(Collections collections, QueryLimits limits) {
        this.collections = collections;
        this.limits = limits;
    }

    @Override
    public Response answer(Request request) {
        long start = System.nanoTime();
        try (Collection collection = Indices.acquire(collections, request)) {
            return answer(request, SearchRequestParser.parse(request, limits), collection, start);
        }
    }

    private Response answer(Request request, SearchRequest search, Collection collection, long start) {
        SearchTrace trace = new SearchTrace(collection, search.profile(), search.tellsTokens());
        Found found = CollectionSearch.search(collection, limits, search, request.cancellation(), trace);
        long nanos = System.nanoTime() - start;
        request.cancellation().answerIsNear();
        // took is whole milliseconds, in which most searches are 0; Server-Timing says it finer.
        Map<String, String> headers =
                Map.of("Server-Timing", "search;dur=" + millis(nanos) + ", encode;dur=" + millis(trace.encodeNanos()));
        return Response.json(
                request,
                200,
                headers,
                json -> new SearchResponseWriter(
                                json, collection, search, new SourceBudget(), trace, request.cancellation())
                        .write(found, nanos));
    }

    /** Milliseconds with three decimals; a formatter would take longer than to write a hit. */
    static String millis(long nanos) {
        long micros = (nanos + 500) / 1000;
        String thousandths = Long.toString(1000 + micros % 1000);
        return micros / 1000 + "." + thousandths.substring(1);
    }
}
