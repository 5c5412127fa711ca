package io.skiff.server.rest.explain;

import io.skiff.scoring.Hit;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.explain.ScoreOrigin.FusedList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Explains the scores of hits by how their list came about. For one request. */
public final class HitExplainer {
    private final Collection collection;
    private final PlanExplainer plans;
    private final IdentityHashMap<List<Hit>, Map<String, Integer>> ranks = new IdentityHashMap<>();

    /** For hits of a collection. */
    public HitExplainer(Collection collection) {
        this.collection = collection;
        this.plans = new PlanExplainer(collection);
    }

    /** Why a hit of a list has its score. */
    public ExplainedScore explain(ScoreOrigin origin, Hit hit) {
        return switch (origin) {
            case ScoreOrigin.Planned planned -> plans.explain(planned, hit);
            case ScoreOrigin.FusedByRank fused -> byRank(fused, hit);
            case ScoreOrigin.FusedByScore fused -> byScore(fused, hit);
            case ScoreOrigin.Rescored rescored -> rescored(rescored, hit);
        };
    }

    /** The place of a document in a list, from 0; of a document that was cut, its chunks are one. */
    private Optional<Integer> rank(List<Hit> hits, Hit hit) {
        Map<String, Integer> ofList = ranks.computeIfAbsent(hits, list -> {
            Map<String, Integer> places = new HashMap<>();
            for (int i = 0; i < list.size(); i++) {
                places.put(collection.documentId(list.get(i)), i);
            }
            return places;
        });
        return Optional.ofNullable(ofList.get(collection.documentId(hit)));
    }

    private ExplainedScore byRank(ScoreOrigin.FusedByRank fused, Hit hit) {
        Parts parts = new Parts(fused.lists().size());
        for (FusedList list : fused.lists()) {
            Optional<Integer> found = rank(list.hits(), hit);
            if (found.isEmpty()) {
                parts.addMissing(list);
                continue;
            }
            int rank = found.get() + 1;
            double part = list.weight() / ((double) fused.rankConstant() + rank);
            ExplainedScore inList = explain(list.origin(), list.hits().get(rank - 1));
            String how = "rank " + rank + ": " + list.weight() + " / (" + fused.rankConstant() + " + " + rank + ")";
            parts.add(part, how, inList, inList.value() == 0 ? 0 : part / inList.value());
        }
        return parts.sum("reciprocal rank fusion of " + fused.lists().size() + " lists, sum of:");
    }

    private ExplainedScore byScore(ScoreOrigin.FusedByScore fused, Hit hit) {
        Parts parts = new Parts(fused.lists().size());
        for (int i = 0; i < fused.lists().size(); i++) {
            FusedList list = fused.lists().get(i);
            Normalization normalization = fused.normalizations().get(i);
            Optional<Integer> found = rank(list.hits(), hit);
            if (found.isEmpty()) {
                parts.addMissing(list);
                continue;
            }
            Hit there = list.hits().get(found.get());
            ExplainedScore inList = explain(list.origin(), there);
            parts.add(
                    list.weight() * normalization.apply(there.score()),
                    "rank " + (found.get() + 1) + ", weight " + list.weight() + " × "
                            + normalization.description(there.score()),
                    inList,
                    list.weight() * normalization.factor(there.score()));
        }
        return parts.sum("linear combination of " + fused.lists().size() + " lists, sum of:");
    }

    /** The parts of a fused score, in the order in which they are added. */
    private static final class Parts {
        private final int listCount;
        private final List<ScoreTree> trees = new ArrayList<>();
        private final List<ExplainedScore.TokenPart> tokens = new ArrayList<>();
        private double sum;
        private boolean any;

        Parts(int listCount) {
            this.listCount = listCount;
        }

        void add(double part, String how, ExplainedScore inList, double factor) {
            trees.add(new ScoreTree(part, list() + ", " + how, List.of(inList.tree())));
            tokens.addAll(ExplainedScore.scaled(inList.tokens(), factor));
            sum = any ? sum + part : part;
            any = true;
        }

        void addMissing(FusedList list) {
            trees.add(ScoreTree.leaf(
                    0, list() + ": not among its first " + list.hits().size() + " hits"));
        }

        private String list() {
            return "list " + (trees.size() + 1) + " of " + listCount;
        }

        ExplainedScore sum(String description) {
            return new ExplainedScore(new ScoreTree(sum, description, trees), tokens);
        }
    }

    private ExplainedScore rescored(ScoreOrigin.Rescored rescored, Hit hit) {
        int rank = rank(rescored.firstHits(), hit).orElseThrow();
        Hit firstHit = rescored.firstHits().get(rank);
        ExplainedScore first = explain(rescored.first(), firstHit);
        double firstPart = firstHit.score() * rescored.firstWeight();
        ScoreTree firstTree =
                new ScoreTree(firstPart, "first score × weight " + rescored.firstWeight(), List.of(first.tree()));
        Optional<ExplainedScore> second =
                rank < rescored.windowSize() ? plans.apart(rescored.second(), hit) : Optional.empty();
        List<ExplainedScore.TokenPart> tokens =
                new ArrayList<>(ExplainedScore.scaled(first.tokens(), rescored.firstWeight()));
        if (second.isEmpty()) {
            String why = rank < rescored.windowSize()
                    ? "the rescore query does not match"
                    : "behind the rescore window of " + rescored.windowSize();
            return new ExplainedScore(
                    new ScoreTree(firstPart, "sum of:", List.of(firstTree, ScoreTree.leaf(0, why))), tokens);
        }
        double secondPart = second.get().value() * rescored.secondWeight();
        ScoreTree secondTree = new ScoreTree(
                secondPart,
                "score of the rescore query × weight " + rescored.secondWeight(),
                List.of(second.get().tree()));
        tokens.addAll(ExplainedScore.scaled(second.get().tokens(), rescored.secondWeight()));
        return new ExplainedScore(
                new ScoreTree(
                        rescored.combination().of(firstPart, secondPart),
                        description(rescored.combination()),
                        List.of(firstTree, secondTree)),
                tokens);
    }

    private static String description(ScoreOrigin.Combination combination) {
        return switch (combination) {
            case TOTAL -> "sum of:";
            case MULTIPLY -> "product of:";
            case AVG -> "average of:";
            case MAX -> "max of:";
            case MIN -> "min of:";
        };
    }
}
