package io.skiff.scoring;

import io.skiff.index.IndexReader;
import java.util.List;

/**
 * Searches a snapshot of an index. Safe for use by several threads, each search running on its caller's.
 */
public final class Searcher {
    /** Largest number of hits that can be asked for. */
    public static final int MAX_K = 10_000;

    /** Most tokens in a query, all clauses together. */
    public static final int MAX_QUERY_TOKENS = 8_192;

    /** Searches {@code reader}, which stays its owner's to close, with the fastest kernels that the machine has. */
    public Searcher(IndexReader reader) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * The {@code k} documents of highest score, exactly; ties in order of insertion. Only documents with a score
     * greater than zero are hits.
     *
     * @throws IllegalArgumentException if k is not in 1..{@value #MAX_K} or the query has more than
     *     {@value #MAX_QUERY_TOKENS} tokens
     */
    public TopDocs search(SparseQuery query, int k) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Why a document scores as it does, one explanation per hit, in the order of the hits. */
    public List<Explanation> explain(SparseQuery query, List<Hit> hits) {
        throw new UnsupportedOperationException("not yet");
    }
}
