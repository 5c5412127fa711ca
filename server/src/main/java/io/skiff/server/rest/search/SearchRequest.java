package io.skiff.server.rest.search;

import io.skiff.server.rest.SourceFilter;
import io.skiff.server.rest.highlight.Highlight;
import io.skiff.server.rest.query.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a search asks for.
 *
 * @param query what to look for, if it is not a retriever that says so; every document if neither does
 * @param retriever how several searches become one
 * @param from hits to leave out at the top, 0 or more
 * @param size hits to give, 0 or more; with {@code from} at most {@code Searcher.MAX_K}
 * @param source what to give of the documents
 * @param totalHitsLimit up to where to count the hits: {@link #EVERY_HIT}, {@link #NO_TOTAL}, or a number from which
 *     on the total may be called a lower bound
 * @param sort the order of the hits; by score if empty
 * @param searchAfter the sort values of the hit to go on after, null for a missing one; none if empty
 * @param trackScores whether hits have scores also where their order does not need them
 * @param minScore hits of a lower score are none
 * @param timeout after which to give what was found by then
 * @param terminateAfter how many documents to look at, at most
 * @param highlight what to show of the texts
 * @param rescore how to order the first hits anew, in turn
 * @param explain tell why each hit has its score
 * @param profile tell what the search did
 * @param skiff what Elasticsearch does not have
 */
record SearchRequest(
        Optional<Query> query,
        Optional<Retriever> retriever,
        int from,
        int size,
        SourceFilter source,
        int totalHitsLimit,
        List<SortKey> sort,
        List<Optional<String>> searchAfter,
        boolean trackScores,
        Optional<Float> minScore,
        Optional<Duration> timeout,
        OptionalInt terminateAfter,
        Optional<Highlight> highlight,
        List<Rescore> rescore,
        boolean explain,
        boolean profile,
        SkiffOptions skiff) {
    static final int DEFAULT_SIZE = 10;

    /** Elasticsearch's default of {@code track_total_hits}. */
    static final int DEFAULT_TOTAL_HITS_LIMIT = 10_000;

    static final int EVERY_HIT = Integer.MAX_VALUE;
    static final int NO_TOTAL = -1;

    SearchRequest {
        sort = List.copyOf(sort);
        searchAfter = List.copyOf(searchAfter);
        rescore = List.copyOf(rescore);
    }

    /** Whether the answer says anything of the query's tokens. */
    boolean tellsTokens() {
        return explain || profile || highlight.isPresent();
    }
}
