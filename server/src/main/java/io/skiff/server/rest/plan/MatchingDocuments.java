package io.skiff.server.rest.plan;

import io.skiff.scoring.Hit;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.QueryLimits;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Names every document of a collection that matches a query, however many they are, holding none of them. */
public final class MatchingDocuments {
    private MatchingDocuments() {}

    /**
     * Names the documents by their ids, in order of insertion, each once; one that was cut into chunks where one of them
     * matches.
     *
     * @param stop asked now and then whether to end early
     * @param ids is told each
     * @return false if it was stopped before the end
     * @throws io.skiff.server.rest.RestException if the index cannot answer the query
     */
    public static boolean forEachId(
            Collection collection, QueryLimits limits, Query query, BooleanSupplier stop, Consumer<String> ids) {
        DocumentSet matching = new QueryPlanner(collection, limits).documents(query);
        MatchScan scan = new MatchScan(collection, new SetEvaluator(collection), stop);
        String[] last = new String[1];
        boolean chunked = collection.isChunked();
        return scan.forEach(matching, 0, (segment, docId, score) -> {
            String id = collection.documentId(new Hit(segment, docId, score));
            // The chunks of a document stand one behind the other.
            if (!chunked || !id.equals(last[0])) {
                ids.accept(id);
            }
            last[0] = id;
            return !stop.getAsBoolean();
        });
    }
}
