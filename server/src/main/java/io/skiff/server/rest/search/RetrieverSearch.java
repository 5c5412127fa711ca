package io.skiff.server.rest.search;

import io.skiff.server.collection.Collection;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.plan.QueryFields;
import io.skiff.server.rest.plan.QueryPlan;
import io.skiff.server.rest.plan.QueryPlanner;
import io.skiff.server.rest.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out a tree of retrievers. */
final class RetrieverSearch {
    private final Collection collection;
    private final QueryPlanner planner;
    private final PlanSearch plans;
    private final SearchRequest search;

    RetrieverSearch(Collection collection, QueryPlanner planner, PlanSearch plans, SearchRequest search) {
        this.collection = collection;
        this.planner = planner;
        this.plans = plans;
        this.search = search;
    }

    /** The first {@code k} hits. */
    Found retrieve(Retriever retriever, int k) {
        return retrieve(retriever, k, List.of());
    }

    /**
     * The same.
     *
     * @param filters of the retrievers around it
     */
    private Found retrieve(Retriever retriever, int k, List<Query> filters) {
        List<Query> all = new ArrayList<>(filters);
        all.addAll(retriever.filter());
        return switch (retriever) {
            case Retriever.Standard standard -> standard(standard, k, all);
            case Retriever.ReciprocalRank fused -> {
                RankFusion fusion = new RankFusion(collection::documentId);
                int window = window(fused.windowSize().orElse(k), k);
                for (Retriever.Part part : fused.parts()) {
                    Found list = retrieve(part.retriever(), window, all);
                    fusion.addByRank(list.topDocs(), part.weight(), fused.rankConstant());
                }
                yield top(fusion, Math.min(k, window), fused.minScore());
            }
            case Retriever.Linear fused -> {
                RankFusion fusion = new RankFusion(collection::documentId);
                int window = window(fused.windowSize().orElse(k), k);
                for (Retriever.Part part : fused.parts()) {
                    Found list = retrieve(part.retriever(), window, all);
                    fusion.addByScore(list.topDocs(), part.weight(), part.normalizer());
                }
                yield top(fusion, Math.min(k, window), fused.minScore());
            }
        };
    }

    private Found standard(Retriever.Standard standard, int k, List<Query> filters) {
        Query query = standard.query().orElse(new Query.MatchAll(1));
        QueryPlan plan = planner.plan(
                filters.isEmpty()
                        ? query
                        : new Query.Bool(List.of(query), List.of(), filters, List.of(), Optional.empty(), 1));
        boolean byScore = standard.sort().isEmpty() || standard.sort().equals(List.of(new SortKey.ByScore(true)));
        if (byScore) {
            return plans.best(plan, k, standard.minScore());
        }
        List<SortField> fields = new SortResolver(new QueryFields(collection)).resolve(standard.sort());
        boolean scored = fields.stream().anyMatch(SortField.ByScore.class::isInstance);
        return plans.sorted(plan, fields, scored, List.of(), k, standard.minScore(), 0);
    }

    private static Found top(RankFusion fusion, int k, Optional<Float> minScore) {
        return Found.of(fusion.top(k, minScore.orElse(Float.NEGATIVE_INFINITY)));
    }

    private int window(int window, int k) {
        if (window < search.size()) {
            throw RestException.illegalArgument("[rank_window_size: " + window
                    + "] must be greater than or equal to [size: " + search.size() + "]");
        }
        return Math.max(window, Math.min(k, search.size()));
    }
}
