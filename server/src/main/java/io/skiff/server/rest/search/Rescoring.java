package io.skiff.server.rest.search;

import io.skiff.index.IndexReader;
import io.skiff.index.columns.DocBits;
import io.skiff.scoring.Hit;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.plan.DocumentSet;
import io.skiff.server.rest.plan.MatchScan;
import io.skiff.server.rest.plan.QueryPlan;
import io.skiff.server.rest.plan.SetEvaluator;
import io.skiff.server.rest.search.Found.FoundHit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders the first hits anew by a second query, as Elasticsearch does: hits that it does not match, and those behind the
 * window, keep their first score times its weight.
 */
final class Rescoring {
    private static final Comparator<FoundHit> BEST_FIRST = Comparator.<FoundHit>comparingDouble(
                    hit -> hit.hit().score())
            .reversed()
            .thenComparingInt(hit -> hit.hit().segment())
            .thenComparingInt(hit -> hit.hit().docId());

    private final Collection collection;

    Rescoring(Collection collection) {
        this.collection = collection;
    }

    /** The hits in their new order. */
    Found apply(Found found, Rescore rescore, QueryPlan second) {
        List<FoundHit> hits = found.hits();
        List<FoundHit> window = hits.subList(0, Math.min(rescore.windowSize(), hits.size()));
        Map<Hit, Double> scores = scores(window, second);
        List<FoundHit> rescored = new ArrayList<>(hits.size());
        for (int rank = 0; rank < hits.size(); rank++) {
            Hit hit = hits.get(rank).hit();
            double first = hit.score() * rescore.queryWeight();
            Double other = rank < window.size() ? scores.get(place(hit)) : null;
            double score = other == null ? first : combined(first, other * rescore.rescoreWeight(), rescore.mode());
            rescored.add(FoundHit.of(new Hit(hit.segment(), hit.docId(), score)));
        }
        rescored.sort(BEST_FIRST);
        return found.withHits(rescored);
    }

    private static double combined(double first, double second, Rescore.Mode mode) {
        return switch (mode) {
            case TOTAL -> first + second;
            case MULTIPLY -> first * second;
            case AVG -> (first + second) / 2;
            case MAX -> Math.max(first, second);
            case MIN -> Math.min(first, second);
        };
    }

    private static Hit place(Hit hit) {
        return new Hit(hit.segment(), hit.docId(), 0);
    }

    /** The second scores of those hits that match. */
    private Map<Hit, Double> scores(List<FoundHit> hits, QueryPlan second) {
        IndexReader reader = collection.reader();
        Map<Integer, DocBits> bySegment = new HashMap<>();
        for (FoundHit hit : hits) {
            int segment = hit.hit().segment();
            bySegment
                    .computeIfAbsent(
                            segment,
                            each -> DocBits.none(reader.segments().get(each).documentCount()))
                    .set(hit.hit().docId());
        }
        Map<Hit, Double> scores = new HashMap<>();
        MatchScan scan = new MatchScan(collection, new SetEvaluator(collection), () -> false);
        scan.forEach(second.node(), new DocumentSet.Chosen(bySegment), (segment, docId, score) -> {
            scores.put(new Hit(segment, docId, 0), score);
            return true;
        });
        return scores;
    }
}
