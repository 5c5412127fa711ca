package io.skiff.server.rest.search;

import io.skiff.scoring.Hit;
import io.skiff.scoring.TopDocs;
import io.skiff.server.rest.explain.Normalization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes one list of several, document by document. */
public final class RankFusion {
    private static final Comparator<Hit> BEST_FIRST = Comparator.comparingDouble(Hit::score)
            .reversed()
            .thenComparingInt(Hit::segment)
            .thenComparingInt(Hit::docId);

    private final Function<Hit, String> documentId;
    private final Map<String, Hit> fused = new HashMap<>();
    private boolean everyMatch = true;
    private boolean complete = true;

    /**
     * Of no list yet.
     *
     * @param documentId which document a hit is of; of a cut one, several hits are
     */
    public RankFusion(Function<Hit, String> documentId) {
        this.documentId = documentId;
    }

    /**
     * Adds {@code weight / (rankConstant + rank)} for each document of a list, the first rank being 1.
     *
     * @param list by descending score, cut to what counts
     */
    public void addByRank(TopDocs list, float weight, int rankConstant) {
        noteCompleteness(list);
        int rank = 0;
        for (Hit hit : list.hits()) {
            add(hit, weight / ((double) rankConstant + ++rank));
        }
    }

    /** Adds {@code weight} times the normalized score for each document of a list. */
    void addByScore(TopDocs list, float weight, Normalization normalization) {
        noteCompleteness(list);
        for (Hit hit : list.hits()) {
            add(hit, weight * normalization.apply(hit.score()));
        }
    }

    private void noteCompleteness(TopDocs list) {
        everyMatch &= list.totalHitsExact() && list.totalHits() == list.hits().size();
        complete &= list.complete();
    }

    /** The hit that stands for a document is its first: that of the first list that it is in. */
    private void add(Hit hit, double score) {
        fused.merge(
                documentId.apply(hit),
                new Hit(hit.segment(), hit.docId(), score),
                (first, next) -> new Hit(first.segment(), first.docId(), first.score() + next.score()));
    }

    /** The {@code k} documents of highest sum, ties in order of insertion. */
    public TopDocs top(int k) {
        return top(k, Float.NEGATIVE_INFINITY);
    }

    /** The same among those whose sum is not below a limit. */
    TopDocs top(int k, float minScore) {
        List<Hit> hits = new ArrayList<>(fused.values());
        hits.removeIf(hit -> (float) hit.score() < minScore);
        hits.sort(BEST_FIRST);
        List<Hit> top = hits.subList(0, Math.min(k, hits.size()));
        return new TopDocs(top, hits.size(), everyMatch, complete, 0);
    }
}
