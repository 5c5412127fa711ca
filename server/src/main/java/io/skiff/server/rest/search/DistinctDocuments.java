package io.skiff.server.rest.search;

import io.skiff.scoring.Searcher;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.search.Found.FoundHit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Makes hits documents where the index has chunks of them: of each its first chunk. More chunks than documents are asked
 * for, and more again until there are enough documents or no more chunks, or {@value Searcher#MAX_K} chunks.
 */
final class DistinctDocuments {
    private static final int GROWTH = 4;

    private DistinctDocuments() {}

    /**
     * The first {@code k} documents.
     *
     * @param search the first hits, as many as it is given, in their order
     */
    static Found first(Collection collection, int k, IntFunction<Found> search) {
        if (!collection.isChunked()) {
            return search.apply(k);
        }
        int asked = k;
        while (true) {
            asked = (int) Math.min(Searcher.MAX_K, (long) GROWTH * asked);
            Found found = search.apply(Math.max(asked, k));
            List<FoundHit> distinct = distinct(collection, found.hits(), k);
            if (distinct.size() == k || found.hits().size() < asked || asked == Searcher.MAX_K) {
                return found.withHits(distinct);
            }
        }
    }

    private static List<FoundHit> distinct(Collection collection, List<FoundHit> chunks, int k) {
        Set<String> seen = new HashSet<>();
        List<FoundHit> distinct = new ArrayList<>();
        for (FoundHit chunk : chunks) {
            if (distinct.size() < k && seen.add(collection.documentId(chunk.hit()))) {
                distinct.add(chunk);
            }
        }
        return distinct;
    }
}
