package io.skiff.server.rest.search;

import io.skiff.index.SegmentReader;
import io.skiff.scoring.Hit;
import io.skiff.scoring.SearchOptions;
import io.skiff.scoring.TopDocs;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.QueryLimits;
import java.util.ArrayList;
import java.util.List;

/** Carries out a search on a collection, as far as one that is only read can answer; refuses the rest by name. */
final class CollectionSearch {
    /** Of the query's mass; what the command line's approximate search ignores too. */
    private static final double APPROXIMATE_IGNORED_SHARE = 0.1;

    private static final TopDocs NOTHING = new TopDocs(List.of(), 0, true);

    private final Collection collection;
    private final QueryLimits limits;
    private final SearchRequest search;
    private final Cancellation cancellation;

    private CollectionSearch(
            Collection collection, QueryLimits limits, SearchRequest search, Cancellation cancellation) {
        this.collection = collection;
        this.limits = limits;
        this.search = search;
        this.cancellation = cancellation;
    }

    /**
     * The hits of a search, from the best to as many as it asks for.
     *
     * @param cancellation looked at before each search that it comes to
     */
    static TopDocs search(Collection collection, QueryLimits limits, SearchRequest search, Cancellation cancellation) {
        requireSupported(search);
        return new CollectionSearch(collection, limits, search, cancellation).run();
    }

    /** How many documents match a query, exactly. */
    static long count(Collection collection, QueryLimits limits, Query query) {
        return switch (QueryPlanner.plan(collection, limits, query)) {
            case QueryPlan.Nothing nothing -> 0;
            case QueryPlan.Everything everything -> liveCount(collection);
            case QueryPlan.Scored scored ->
                collection.countingSearcher().search(scored.query(), 1).totalHits();
        };
    }

    private static void requireSupported(SearchRequest search) {
        boolean byScore = search.sort().isEmpty() || search.sort().equals(List.of(new SortKey.ByScore(true)));
        refuse(!byScore, "[sort] by anything but the [_score], the best first,");
        refuse(!search.searchAfter().isEmpty(), "[search_after]");
        refuse(search.minScore().isPresent(), "[min_score]");
        refuse(search.terminateAfter().orElse(0) > 0, "[terminate_after]");
        refuse(search.highlight().isPresent(), "[highlight]");
        refuse(!search.rescore().isEmpty(), "[rescore]");
        refuse(search.skiff().threads() > 1, "[ext.skiff.threads] above 1");
    }

    private static void refuse(boolean asked, String what) {
        if (asked) {
            throw RestException.illegalArgument(what + " is not supported in this version");
        }
    }

    private TopDocs run() {
        int k = Math.max(1, search.from() + search.size());
        return search.retriever().isPresent()
                ? retrieve(search.retriever().get(), k)
                : find(search.query().orElse(new Query.MatchAll(1)), k);
    }

    private TopDocs find(Query query, int k) {
        cancellation.check();
        return switch (QueryPlanner.plan(collection, limits, query)) {
            case QueryPlan.Nothing nothing -> NOTHING;
            case QueryPlan.Everything everything -> everything(everything.score(), k);
            case QueryPlan.Scored scored -> {
                boolean every = search.totalHitsLimit() == SearchRequest.EVERY_HIT;
                TopDocs found = collection.search(scored.query(), options(k), every);
                cancellation.check();
                yield found;
            }
        };
    }

    private SearchOptions options(int k) {
        SearchOptions exact = SearchOptions.top(k).until(cancellation::isCancelled);
        SearchOptions options = search.skiff().approximate() ? exact.ignoring(APPROXIMATE_IGNORED_SHARE) : exact;
        return search.timeout().map(options::within).orElse(options);
    }

    /** The first documents, in order of insertion; of each its first chunk, where they are cut. */
    private TopDocs everything(float score, int k) {
        List<Hit> hits = new ArrayList<>();
        String last = "";
        List<SegmentReader> segments = collection.reader().segments();
        for (int i = 0; i < segments.size() && hits.size() < k; i++) {
            SegmentReader segment = segments.get(i);
            for (int docId = 0; docId < segment.documentCount() && hits.size() < k; docId++) {
                Hit hit = new Hit(i, docId, score);
                String id = segment.isLive(docId) ? collection.documentId(hit) : last;
                if (!id.equals(last)) {
                    hits.add(hit);
                    last = id;
                }
            }
        }
        return new TopDocs(hits, liveCount(collection), true);
    }

    private static long liveCount(Collection collection) {
        return collection.reader().segments().stream()
                .mapToLong(SegmentReader::liveCount)
                .sum();
    }

    private TopDocs retrieve(Retriever retriever, int k) {
        refuse(!retriever.filter().isEmpty(), "[filter] of a [retriever]");
        refuse(retriever.minScore().isPresent(), "[min_score] of a [retriever]");
        return switch (retriever) {
            case Retriever.Standard standard -> {
                refuse(!standard.sort().isEmpty(), "[sort] of a [retriever]");
                yield find(standard.query().orElse(new Query.MatchAll(1)), k);
            }
            case Retriever.ReciprocalRank fused -> {
                RankFusion fusion = new RankFusion(collection::documentId);
                int window = window(fused.windowSize().orElse(k), k);
                for (Retriever.Part part : fused.parts()) {
                    fusion.addByRank(retrieve(part.retriever(), window), part.weight(), fused.rankConstant());
                }
                yield fusion.top(Math.min(k, window));
            }
            case Retriever.Linear fused -> {
                RankFusion fusion = new RankFusion(collection::documentId);
                int window = window(fused.windowSize().orElse(k), k);
                for (Retriever.Part part : fused.parts()) {
                    fusion.addByScore(retrieve(part.retriever(), window), part.weight(), part.normalizer());
                }
                yield fusion.top(Math.min(k, window));
            }
        };
    }

    private int window(int window, int k) {
        if (window < search.size()) {
            throw RestException.illegalArgument("[rank_window_size: " + window
                    + "] must be greater than or equal to [size: " + search.size() + "]");
        }
        return Math.max(window, Math.min(k, search.size()));
    }
}
