package io.skiff.server.chunk;

import io.skiff.index.IndexReader;
import io.skiff.scoring.Hit;
import io.skiff.scoring.SearchOptions;
import io.skiff.scoring.Searcher;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Searches an index of chunks for documents: a document's score is its best chunk's, and that chunk is the hit. Safe for
 * use by several threads.
 *
 * <p>Hits come in order of score, so the first chunk of each document is its best. More chunks than documents are asked
 * for, and more again until there are enough documents or no more chunks; the result is exact unless
 * {@value Searcher#MAX_K} chunks, the most of one search, hold fewer documents than were asked for.
 */
public final class ChunkedSearch {
    /** Chunks that are asked for at first, for each document wanted, and how many times as many the next time. */
    private static final int GROWTH = 4;

    private final IndexReader reader;

    /** Over an index of chunks. */
    public ChunkedSearch(IndexReader reader) {
        this.reader = reader;
    }

    /**
     * The best documents, each by its best chunk; {@code totalHits} counts chunks.
     *
     * @throws IllegalArgumentException as {@link Searcher#search} does
     */
    public TopDocs search(Searcher searcher, SparseQuery query, SearchOptions options) {
        int k = options.k();
        int asked = k;
        while (true) {
            asked = (int) Math.min(Searcher.MAX_K, (long) GROWTH * asked);
            TopDocs found = searcher.search(query, options.withK(Math.max(asked, k)));
            List<Hit> best = bestOfEachDocument(found.hits(), k);
            if (best.size() == k || !found.complete() || found.hits().size() < asked || asked == Searcher.MAX_K) {
                return new TopDocs(
                        best, found.totalHits(), found.totalHitsExact(), found.complete(), found.unseenScoreLimit());
            }
        }
    }

    private List<Hit> bestOfEachDocument(List<Hit> chunks, int k) {
        Set<String> seen = new HashSet<>();
        List<Hit> best = new ArrayList<>();
        for (Hit chunk : chunks) {
            if (best.size() < k && seen.add(documentId(chunk))) {
                best.add(chunk);
            }
        }
        return best;
    }

    /** The id of the document that a chunk is of. */
    public String documentId(Hit chunk) {
        String id = reader.segments().get(chunk.segment()).externalId(chunk.docId());
        return ChunkId.parse(id).document();
    }
}
