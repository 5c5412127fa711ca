package io.skiff.server.rest.search;

import io.skiff.index.SparseVector;
import io.skiff.scoring.Searcher;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Indices;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Searches an index. */
public final class SearchEndpoint implements Endpoint {
    /** Parameters of the query string. */
    public static final Set<String> PARAMETERS = SearchRequestParser.PARAMETERS;

    private static final TopDocs NOTHING = new TopDocs(List.of(), 0, true);

    private final Collections collections;

    /** Over these collections. */
    public SearchEndpoint(Collections collections) {
        this.collections = collections;
    }

    @Override
    public Response answer(Request request) {
        long start = System.nanoTime();
        Collection collection = Indices.require(collections, request);
        SearchRequest search = SearchRequestParser.parse(request);
        TopDocs found = search(collection, search);
        long nanos = System.nanoTime() - start;
        // took is whole milliseconds, in which most searches are 0; Server-Timing says it finer.
        Map<String, String> headers =
                Map.of("Server-Timing", String.format(Locale.ROOT, "search;dur=%.3f", nanos / 1e6));
        return Response.json(
                request, 200, headers, json -> new SearchResponseWriter(json, collection, search).write(found, nanos));
    }

    private static TopDocs search(Collection collection, SearchRequest search) {
        SparseVector vector = vector(collection, search.query());
        if (vector.isEmpty()) {
            return NOTHING;
        }
        SparseQuery query = new SparseQuery(List.of(new SparseQuery.Clause(
                search.query().field(), vector, search.query().boost())));
        Searcher searcher = search.totalHitsLimit() == SearchRequest.EVERY_HIT
                ? collection.countingSearcher()
                : collection.searcher();
        return searcher.search(query, Math.max(1, search.from() + search.size()));
    }

    private static SparseVector vector(Collection collection, Query query) {
        return switch (query) {
            case Query.SparseVectorQuery given -> given.vector();
            case Query.Match match -> {
                if (collection.reader().field(match.field()).isEmpty()) {
                    yield SparseVector.EMPTY; // as Elasticsearch: what no document has, no document matches
                }
                if (collection.encoder(match.field()).isEmpty()) {
                    throw RestException.illegalArgument("[match] needs a field made from text, and field ["
                            + match.field() + "] of index [" + collection.name()
                            + "] holds vectors only; query it with [sparse_vector]");
                }
                SparseVector encoded = collection.encodeQuery(match.field(), match.text());
                QueryParser.requireTokenCount(encoded.size());
                yield encoded;
            }
        };
    }
}
