package io.skiff.server.rest.search;

import io.skiff.server.collection.Collection;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.explain.Normalization;
import io.skiff.server.rest.explain.ScoreOrigin;
import io.skiff.server.rest.explain.SearchTrace;
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
    private final SearchTrace trace;

    /** Hits, and how they came about. */
    private record Traced(Found found, ScoreOrigin origin) {}

    RetrieverSearch(
            Collection collection, QueryPlanner planner, PlanSearch plans, SearchRequest search, SearchTrace trace) {
        this.trace = trace;
        this.collection = collection;
        this.planner = planner;
        this.plans = plans;
        this.search = search;
    }

    /** The first {@code k} hits. */
    Found retrieve(Retriever retriever, int k) {
        Traced hits = retrieve(retriever, k, List.of());
        trace.madeBy(hits.origin);
        return hits.found;
    }

    /**
     * The same.
     *
     * @param filters of the retrievers around it
     */
    private Traced retrieve(Retriever retriever, int k, List<Query> filters) {
        List<Query> all = new ArrayList<>(filters);
        all.addAll(retriever.filter());
        return switch (retriever) {
            case Retriever.Standard standard -> standard(standard, k, all);
            case Retriever.ReciprocalRank fused -> {
                RankFusion fusion = new RankFusion(collection::documentId);
                List<ScoreOrigin.FusedList> lists = new ArrayList<>();
                int window = window(fused.windowSize().orElse(k), k);
                for (Retriever.Part part : fused.parts()) {
                    Traced list = retrieve(part.retriever(), window, all);
                    fusion.addByRank(list.found.topDocs(), part.weight(), fused.rankConstant());
                    lists.add(list(list, part));
                }
                yield new Traced(
                        top(fusion, Math.min(k, window), fused.minScore()),
                        new ScoreOrigin.FusedByRank(lists, fused.rankConstant()));
            }
            case Retriever.Linear fused -> {
                RankFusion fusion = new RankFusion(collection::documentId);
                List<ScoreOrigin.FusedList> lists = new ArrayList<>();
                List<Normalization> normalizations = new ArrayList<>();
                int window = window(fused.windowSize().orElse(k), k);
                for (Retriever.Part part : fused.parts()) {
                    Traced list = retrieve(part.retriever(), window, all);
                    Normalization normalization =
                            part.normalizer().of(list.found.topDocs().hits());
                    fusion.addByScore(list.found.topDocs(), part.weight(), normalization);
                    lists.add(list(list, part));
                    normalizations.add(normalization);
                }
                yield new Traced(
                        top(fusion, Math.min(k, window), fused.minScore()),
                        new ScoreOrigin.FusedByScore(lists, normalizations));
            }
        };
    }

    private static ScoreOrigin.FusedList list(Traced list, Retriever.Part part) {
        return new ScoreOrigin.FusedList(list.origin, list.found.topDocs().hits(), part.weight());
    }

    private Traced standard(Retriever.Standard standard, int k, List<Query> filters) {
        long start = System.nanoTime();
        Query query = standard.query().orElse(new Query.MatchAll(1));
        QueryPlan plan = planner.plan(
                filters.isEmpty()
                        ? query
                        : new Query.Bool(List.of(query), List.of(), filters, List.of(), Optional.empty(), 1));
        boolean byScore = standard.sort().isEmpty() || standard.sort().equals(List.of(new SortKey.ByScore(true)));
        if (byScore) {
            Found found = plans.best(plan, k, standard.minScore());
            return new Traced(found, trace.planned(plan, System.nanoTime() - start));
        }
        List<SortField> fields = new SortResolver(new QueryFields(collection)).resolve(standard.sort());
        boolean scored = fields.stream().anyMatch(SortField.ByScore.class::isInstance);
        Found found = plans.sorted(plan, fields, scored, List.of(), k, standard.minScore(), 0);
        return new Traced(found, trace.planned(plan, System.nanoTime() - start));
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
