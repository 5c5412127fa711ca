package io.skiff.server.rest.search;

import io.skiff.index.columns.ColumnValue;
import io.skiff.scoring.SearchOptions;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.explain.ScoreOrigin;
import io.skiff.server.rest.explain.SearchTrace;
import io.skiff.server.rest.plan.QueryFields;
import io.skiff.server.rest.plan.QueryPlan;
import io.skiff.server.rest.plan.QueryPlanner;
import io.skiff.server.rest.plan.SetEvaluator;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.QueryLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out a search on a collection; refuses by name what it cannot answer. */
final class CollectionSearch {
    private final Collection collection;
    private final SearchRequest search;
    private final QueryPlanner planner;
    private final PlanSearch plans;
    private final SearchTrace trace;

    private CollectionSearch(
            Collection collection,
            QueryLimits limits,
            SearchRequest search,
            Cancellation cancellation,
            SearchTrace trace) {
        this.collection = collection;
        this.search = search;
        this.trace = trace;
        this.planner = new QueryPlanner(collection, limits, trace);
        this.plans = new PlanSearch(collection, search, cancellation, trace);
    }

    /**
     * The hits of a search, in their order, to as many as it asks for.
     *
     * @param cancellation looked at before each search that it comes to, and now and then by each
     * @param trace notes how the hits came about
     */
    static Found search(
            Collection collection,
            QueryLimits limits,
            SearchRequest search,
            Cancellation cancellation,
            SearchTrace trace) {
        return new CollectionSearch(collection, limits, search, cancellation, trace).run();
    }

    /**
     * How many documents match a query, exactly.
     *
     * @param cancellation looked at now and then
     */
    static long count(Collection collection, QueryLimits limits, Query query, Cancellation cancellation) {
        cancellation.check();
        QueryPlan plan = new QueryPlanner(collection, limits).plan(query);
        SetEvaluator sets = new SetEvaluator(collection);
        if (plan instanceof QueryPlan.Scored scored && scored.required()) {
            SearchOptions options = SearchOptions.top(1)
                    .filteredBy(sets.filter(scored.documents()))
                    .until(cancellation::isCancelled);
            long count = collection
                    .countingSearcher()
                    .search(scored.query(), options)
                    .totalHits();
            cancellation.check(); // it is too low then
            return count;
        }
        return sets.count(plan.node().matches(), cancellation);
    }

    private Found run() {
        int k = Math.max(1, search.from() + search.size());
        if (search.retriever().isPresent()) {
            return new RetrieverSearch(collection, planner, plans, search, trace)
                    .retrieve(search.retriever().get(), k);
        }
        long start = System.nanoTime();
        QueryPlan plan = planner.plan(search.query().orElse(new Query.MatchAll(1)));
        int terminateAfter = search.terminateAfter().orElse(0);
        if (isByScore()) {
            int window = k;
            for (Rescore rescore : search.rescore()) {
                window = Math.max(window, rescore.windowSize());
            }
            Found found = terminateAfter > 0
                    ? plans.scanned(plan, window, search.minScore(), terminateAfter)
                    : plans.best(plan, window, search.minScore());
            return rescored(found, trace.planned(plan, System.nanoTime() - start), k);
        }
        Found found = sorted(plan, k, terminateAfter);
        trace.madeBy(trace.planned(plan, System.nanoTime() - start));
        return found;
    }

    private boolean isByScore() {
        boolean byScore = search.sort().isEmpty() || search.sort().equals(List.of(new SortKey.ByScore(true)));
        return byScore && search.searchAfter().isEmpty();
    }

    private Found rescored(Found first, ScoreOrigin ofFirst, int k) {
        Found found = first;
        ScoreOrigin origin = ofFirst;
        for (Rescore rescore : search.rescore()) {
            long start = System.nanoTime();
            QueryPlan second = planner.plan(rescore.query());
            Found rescored = new Rescoring(collection).apply(found, rescore, second);
            origin = rescore.origin(origin, found, trace.planned(second, System.nanoTime() - start));
            found = rescored;
        }
        trace.madeBy(origin);
        return found.hits().size() <= k ? found : found.withHits(found.hits().subList(0, k));
    }

    private Found sorted(QueryPlan plan, int k, int terminateAfter) {
        if (!search.rescore().isEmpty()) {
            throw RestException.illegalArgument("Cannot use [sort] option in conjunction with [rescore].");
        }
        List<SortField> fields = new SortResolver(new QueryFields(collection)).resolve(search.sort());
        boolean scored = search.trackScores() || fields.stream().anyMatch(SortField.ByScore.class::isInstance);
        return plans.sorted(plan, fields, scored, after(fields), k, search.minScore(), terminateAfter);
    }

    private List<ColumnValue> after(List<SortField> fields) {
        List<Optional<String>> given = search.searchAfter(); // as many as there are keys, or none
        List<ColumnValue> values = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            values.add(fields.get(i).parse(given.get(i)));
        }
        return values;
    }
}
