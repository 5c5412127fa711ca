package io.skiff.server.rest.search;

import io.skiff.scoring.Hit;
import io.skiff.scoring.TopDocs;
import io.skiff.server.rest.search.Retriever.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Makes one list of several, document by document. */
final class RankFusion {
    private static final Comparator<Hit> BEST_FIRST = Comparator.comparingDouble(Hit::score)
            .reversed()
            .thenComparingInt(Hit::segment)
            .thenComparingInt(Hit::docId);

    private record Key(int segment, int docId) {}

    private final Map<Key, Double> scores = new LinkedHashMap<>();
    private boolean everyMatch = true;
    private boolean complete = true;

    /**
     * Adds {@code weight / (rankConstant + rank)} for each document of a list, the first rank being 1.
     *
     * @param list by descending score, cut to what counts
     */
    void addByRank(TopDocs list, float weight, int rankConstant) {
        noteCompleteness(list);
        int rank = 0;
        for (Hit hit : list.hits()) {
            add(hit, weight / ((double) rankConstant + ++rank));
        }
    }

    /** Adds {@code weight} times the normalized score for each document of a list. */
    void addByScore(TopDocs list, float weight, Normalizer normalizer) {
        noteCompleteness(list);
        ToDoubleFunction<Hit> normalized = normalized(list.hits(), normalizer);
        for (Hit hit : list.hits()) {
            add(hit, weight * normalized.applyAsDouble(hit));
        }
    }

    private static ToDoubleFunction<Hit> normalized(List<Hit> hits, Normalizer normalizer) {
        if (hits.isEmpty() || normalizer == Normalizer.NONE) {
            return Hit::score;
        }
        if (normalizer == Normalizer.MINMAX) {
            double max = hits.getFirst().score();
            double min = hits.getLast().score();
            // Where all are equal, all are best.
            return max == min ? hit -> 1 : hit -> (hit.score() - min) / (max - min);
        }
        double length = Math.sqrt(
                hits.stream().mapToDouble(hit -> hit.score() * hit.score()).sum());
        return length == 0 ? Hit::score : hit -> hit.score() / length;
    }

    private void noteCompleteness(TopDocs list) {
        everyMatch &= list.totalHitsExact() && list.totalHits() == list.hits().size();
        complete &= list.complete();
    }

    private void add(Hit hit, double score) {
        scores.merge(new Key(hit.segment(), hit.docId()), score, Double::sum);
    }

    /** The {@code k} documents of highest sum, ties in order of insertion. */
    TopDocs top(int k) {
        List<Hit> hits = new ArrayList<>(scores.size());
        scores.forEach((key, score) -> hits.add(new Hit(key.segment(), key.docId(), score)));
        hits.sort(BEST_FIRST);
        List<Hit> top = hits.subList(0, Math.min(k, hits.size()));
        return new TopDocs(top, hits.size(), everyMatch, complete, 0);
    }
}
