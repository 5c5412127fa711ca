package io.skiff.server.rest.search;

import io.skiff.scoring.Hit;
import io.skiff.server.rest.plan.MatchScan;
import io.skiff.server.rest.search.Found.FoundHit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the hits of highest score of the documents that it is told of, the earlier of equals first. */
final class BestHits implements MatchScan.Visitor {
    private static final Comparator<Hit> BEST_FIRST = Comparator.comparingDouble(Hit::score)
            .reversed()
            .thenComparingInt(Hit::segment)
            .thenComparingInt(Hit::docId);

    private final int k;
    private final MatchLimits limits;
    private final PriorityQueue<Hit> worstFirst = new PriorityQueue<>(BEST_FIRST.reversed());

    BestHits(int k, MatchLimits limits) {
        this.k = k;
        this.limits = limits;
    }

    @Override
    public boolean visit(int segment, int docId, double score) {
        if (!limits.accept(score)) {
            return !limits.isExhausted();
        }
        // In order of insertion: what comes later needs more than the worst one has.
        if (worstFirst.size() < k) {
            worstFirst.add(new Hit(segment, docId, score));
        } else if (score > worstFirst.peek().score()) {
            worstFirst.poll();
            worstFirst.add(new Hit(segment, docId, score));
        }
        return true;
    }

    /** What was found, the best first. */
    Found found(boolean complete) {
        List<Hit> hits = new ArrayList<>(worstFirst);
        Collections.sort(hits, BEST_FIRST);
        return new Found(
                hits.stream().map(FoundHit::of).toList(),
                List.of(),
                limits.count(),
                complete && !limits.isExhausted(),
                complete,
                limits.isExhausted(),
                true,
                hits.isEmpty() ? 0 : hits.getFirst().score());
    }
}
