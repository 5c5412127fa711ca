package io.skiff.server.rest.search;

/**
 * What a search asks for.
 *
 * @param query what to look for
 * @param from hits to leave out at the top, 0 or more
 * @param size hits to give, 0 or more; with {@code from} at most {@code Searcher.MAX_K}
 * @param source what to give of the documents
 * @param totalHitsLimit up to where to count the hits: {@link #EVERY_HIT}, {@link #NO_TOTAL}, or a number from which
 *     on the total may be called a lower bound
 */
record SearchRequest(Query query, int from, int size, SourceFilter source, int totalHitsLimit) {
    static final int DEFAULT_SIZE = 10;

    /** Elasticsearch's default of {@code track_total_hits}. */
    static final int DEFAULT_TOTAL_HITS_LIMIT = 10_000;

    static final int EVERY_HIT = Integer.MAX_VALUE;
    static final int NO_TOTAL = -1;
}
