package io.skiff.server.rest.search;

import io.skiff.index.SegmentReader;
import io.skiff.index.columns.ColumnValue;
import io.skiff.index.columns.DocBits;
import io.skiff.scoring.Hit;
import io.skiff.scoring.SearchOptions;
import io.skiff.scoring.Searcher;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.explain.SearchTrace;
import io.skiff.server.rest.plan.DocumentSet;
import io.skiff.server.rest.plan.MatchScan;
import io.skiff.server.rest.plan.QueryPlan;
import io.skiff.server.rest.plan.SetEvaluator;
import io.skiff.server.rest.search.Found.FoundHit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BooleanSupplier;

/** Finds the hits of one planned query: by one search of the engine wherever that is exact, else document by document. */
final class PlanSearch {
    /** Of the query's mass; what the command line's approximate search ignores too. */
    private static final double APPROXIMATE_IGNORED_SHARE = 0.1;

    private static final float NO_MIN_SCORE = Float.NEGATIVE_INFINITY;

    private final Collection collection;
    private final SearchRequest search;
    private final Cancellation cancellation;
    private final SetEvaluator sets;
    private final SearchTrace trace;

    PlanSearch(Collection collection, SearchRequest search, Cancellation cancellation, SearchTrace trace) {
        this.trace = trace;
        this.collection = collection;
        this.search = search;
        this.cancellation = cancellation;
        this.sets = new SetEvaluator(collection);
    }

    /** The {@code k} documents of highest score, ties in order of insertion. */
    Found best(QueryPlan plan, int k, Optional<Float> minScore) {
        cancellation.check();
        Found found = switch (plan) {
            case QueryPlan.Uniform uniform -> uniform(uniform, k, minScore);
            case QueryPlan.Scored scored when scored.required() -> scored(scored, k, minScore);
            case QueryPlan.Scored scored when minScore.isEmpty() && !collection.isChunked() -> padded(scored, k);
            default -> scanned(plan, k, minScore, 0);
        };
        cancellation.check();
        return found;
    }

    /** The same by looking at every document that matches, or at the first ones until there are enough. */
    Found scanned(QueryPlan plan, int k, Optional<Float> minScore, int terminateAfter) {
        MatchScan scan = new MatchScan(collection, sets, stopSignal());
        Found found = DistinctDocuments.first(collection, k, asked -> {
            BestHits hits = new BestHits(asked, new MatchLimits(minScore.orElse(NO_MIN_SCORE), terminateAfter));
            return hits.found(scan.forEach(plan.node(), DocumentSet.everything(), hits));
        });
        cancellation.check();
        return found;
    }

    /**
     * The first {@code k} documents in the order of some keys.
     *
     * @param after the values behind which they stand; empty for all
     */
    Found sorted(
            QueryPlan plan,
            List<SortField> fields,
            boolean scored,
            List<ColumnValue> after,
            int k,
            Optional<Float> minScore,
            int terminateAfter) {
        cancellation.check();
        MatchScan scan = new MatchScan(collection, sets, stopSignal());
        boolean needsScores = scored || minScore.isPresent();
        Found found = DistinctDocuments.first(collection, k, asked -> {
            SortedHits hits = new SortedHits(
                    collection.reader().segments(),
                    fields,
                    asked,
                    after,
                    scored,
                    new MatchLimits(minScore.orElse(NO_MIN_SCORE), terminateAfter));
            boolean complete = needsScores
                    ? scan.forEach(plan.node(), DocumentSet.everything(), hits)
                    : scan.forEach(plan.node().matches(), 0, hits);
            return hits.found(complete);
        });
        cancellation.check();
        return found;
    }

    /** Documents of equal score: the first ones. */
    private Found uniform(QueryPlan.Uniform plan, int k, Optional<Float> minScore) {
        if ((float) plan.score() < minScore.orElse(NO_MIN_SCORE)) {
            return Found.NOTHING;
        }
        List<FoundHit> hits = new ArrayList<>();
        if (plan.documents().isEverything()) {
            fillWithAll(plan.score(), k, hits);
            return inOrder(hits, collection.reader().liveDocumentCount());
        }
        return inOrder(hits, fill(plan.documents(), plan.score(), k, hits));
    }

    private static Found inOrder(List<FoundHit> hits, long total) {
        return new Found(
                hits,
                List.of(),
                total,
                true,
                true,
                false,
                true,
                hits.isEmpty() ? 0 : hits.getFirst().hit().score());
    }

    /** Without bits for documents that all belong. */
    private void fillWithAll(double score, int k, List<FoundHit> hits) {
        List<SegmentReader> segments = collection.reader().segments();
        String last = "";
        for (int i = 0; i < segments.size() && hits.size() < k; i++) {
            SegmentReader segment = segments.get(i);
            for (int docId = 0; docId < segment.documentCount() && hits.size() < k; docId++) {
                if (segment.isLive(docId)) {
                    last = addIfOther(new Hit(i, docId, score), last, hits);
                }
            }
        }
    }

    /** Of a document that was cut, the first chunk is the hit; its chunks stand together. */
    private String addIfOther(Hit hit, String last, List<FoundHit> hits) {
        if (!collection.isChunked()) {
            hits.add(FoundHit.of(hit));
            return last;
        }
        String id = collection.documentId(hit);
        if (!id.equals(last)) {
            hits.add(FoundHit.of(hit));
        }
        return id;
    }

    /** Appends the first documents of a set, and returns how many it has in all. */
    private long fill(DocumentSet documents, double score, int k, List<FoundHit> hits) {
        Set<Hit> before = new HashSet<>();
        hits.forEach(hit -> before.add(new Hit(hit.hit().segment(), hit.hit().docId(), 0)));
        String last = "";
        long total = 0;
        for (int segment = 0; segment < collection.reader().segments().size(); segment++) {
            DocBits bits = sets.liveDocuments(documents, segment);
            total += bits.cardinality();
            long[] words = bits.words();
            for (int word = 0; word < words.length && hits.size() < k; word++) {
                for (long rest = words[word]; rest != 0 && hits.size() < k; rest &= rest - 1) {
                    int docId = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
                    if (!before.contains(new Hit(segment, docId, 0))) {
                        last = addIfOther(new Hit(segment, docId, score), last, hits);
                    }
                }
            }
        }
        return total;
    }

    /** One search of the engine. Where there is a least score, enough hits to count those that have it. */
    private Found scored(QueryPlan.Scored plan, int k, Optional<Float> minScore) {
        boolean everyMatch = search.totalHitsLimit() == SearchRequest.EVERY_HIT;
        if (minScore.isEmpty()) {
            return engine(plan, options(plan, k), everyMatch);
        }
        if (everyMatch) {
            return scanned(plan, k, minScore, 0);
        }
        int counted = Math.max(k, Math.min(search.totalHitsLimit(), Searcher.MAX_K));
        Found found = engine(plan, options(plan, counted), false);
        List<FoundHit> hits = found.hits().stream()
                .filter(hit -> (float) hit.hit().score() >= minScore.get())
                .toList();
        boolean exact = hits.size() < counted && found.complete();
        return found.withHits(hits.subList(0, Math.min(k, hits.size()))).withTotal(hits.size(), exact);
    }

    private Found engine(QueryPlan.Scored plan, SearchOptions options, boolean everyMatch) {
        Found found = Found.of(trace.search(plan.query(), options, everyMatch));
        return plan.added() == 0
                ? found
                : found.withHits(found.hits().stream()
                        .map(hit -> plus(hit.hit(), plan.added()))
                        .toList());
    }

    private static FoundHit plus(Hit hit, double added) {
        return FoundHit.of(new Hit(hit.segment(), hit.docId(), hit.score() + added));
    }

    /** Behind the documents with a dot product, those without. */
    private Found padded(QueryPlan.Scored plan, int k) {
        // Exactly: where there are fewer than k, those that follow have no dot product.
        SearchOptions options = options(plan, k).ignoring(0);
        Found found = engine(plan, options, false);
        List<FoundHit> hits = new ArrayList<>(found.hits());
        if (!found.complete() || hits.size() == k) {
            return found.withTotal(sets.count(plan.documents(), cancellation), true);
        }
        return found.withTotal(fill(plan.documents(), plan.added(), k, hits), true)
                .withHits(hits);
    }

    private SearchOptions options(QueryPlan.Scored plan, int k) {
        SearchOptions options = SearchOptions.top(k).until(cancellation::isCancelled);
        if (search.skiff().approximate()) {
            options = options.ignoring(APPROXIMATE_IGNORED_SHARE);
        }
        if (search.timeout().isPresent()) {
            options = options.within(search.timeout().get());
        }
        if (search.skiff().threads() > 1) {
            options = options.on(ForkJoinPool.commonPool(), search.skiff().threads());
        }
        return plan.documents().isEverything() ? options : options.filteredBy(sets.filter(plan.documents()));
    }

    private BooleanSupplier stopSignal() {
        if (search.timeout().isEmpty()) {
            return cancellation::isCancelled;
        }
        long start = System.nanoTime();
        long limit = search.timeout().get().toSeconds() > Integer.MAX_VALUE
                ? Long.MAX_VALUE / 2
                : search.timeout().get().toNanos();
        return () -> cancellation.isCancelled() || System.nanoTime() - start >= limit;
    }
}
