package io.skiff.server.rest.search;

import io.skiff.index.columns.ColumnValue;
import io.skiff.scoring.SearchOptions;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.RestException;
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

    private CollectionSearch(
            Collection collection, QueryLimits limits, SearchRequest search, Cancellation cancellation) {
        this.collection = collection;
        this.search = search;
        this.planner = new QueryPlanner(collection, limits);
        this.plans = new PlanSearch(collection, search, cancellation);
    }

    /**
     * The hits of a search, in their order, to as many as it asks for.
     *
     * @param cancellation looked at before each search that it comes to, and now and then by each
     */
    static Found search(Collection collection, QueryLimits limits, SearchRequest search, Cancellation cancellation) {
        refuse(search.highlight().isPresent(), "[highlight]");
        return new CollectionSearch(collection, limits, search, cancellation).run();
    }

    /** How many documents match a query, exactly. */
    static long count(Collection collection, QueryLimits limits, Query query) {
        QueryPlan plan = new QueryPlanner(collection, limits).plan(query);
        SetEvaluator sets = new SetEvaluator(collection);
        if (plan instanceof QueryPlan.Scored scored && scored.required()) {
            SearchOptions options = SearchOptions.top(1).filteredBy(sets.filter(scored.documents()));
            return collection.countingSearcher().search(scored.query(), options).totalHits();
        }
        return sets.count(plan.node().matches());
    }

    private static void refuse(boolean asked, String what) {
        if (asked) {
            throw RestException.illegalArgument(what + " is not supported in this version");
        }
    }

    private Found run() {
        int k = Math.max(1, search.from() + search.size());
        if (search.retriever().isPresent()) {
            return new RetrieverSearch(collection, planner, plans, search)
                    .retrieve(search.retriever().get(), k);
        }
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
            return rescored(found, k);
        }
        return sorted(plan, k, terminateAfter);
    }

    private boolean isByScore() {
        boolean byScore = search.sort().isEmpty() || search.sort().equals(List.of(new SortKey.ByScore(true)));
        return byScore && search.searchAfter().isEmpty();
    }

    private Found rescored(Found first, int k) {
        Found found = first;
        for (Rescore rescore : search.rescore()) {
            found = new Rescoring(collection).apply(found, rescore, planner.plan(rescore.query()));
        }
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
