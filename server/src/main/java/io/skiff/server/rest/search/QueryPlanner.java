package io.skiff.server.rest.search;

import io.skiff.encoder.TokenPruning;
import io.skiff.index.SparseVector;
import io.skiff.scoring.SparseQuery;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.query.MinimumShouldMatch;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.Query.MultiMatchType;
import io.skiff.server.rest.query.Query.Operator;
import io.skiff.server.rest.query.Query.VectorSource;
import io.skiff.server.rest.query.QueryLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns a query into a sum of dot products where it is one: words and vectors, together in {@code bool.should} with
 * boosts, are one query of the engine. What is no such sum is refused by name.
 */
final class QueryPlanner {
    private final Collection collection;
    private final QueryLimits limits;
    private final List<SparseQuery.Clause> clauses = new ArrayList<>();
    private int tokenCount;

    private QueryPlanner(Collection collection, QueryLimits limits) {
        this.collection = collection;
        this.limits = limits;
    }

    /**
     * What a query comes to.
     *
     * @throws RestException if the index cannot answer it
     */
    static QueryPlan plan(Collection collection, QueryLimits limits, Query query) {
        return switch (query) {
            case Query.MatchAll all -> new QueryPlan.Everything(all.boost());
            case Query.MatchNone none -> new QueryPlan.Nothing();
            case Query.Bool bool when isEmpty(bool) -> new QueryPlan.Everything(bool.boost());
            default -> {
                QueryPlanner planner = new QueryPlanner(collection, limits);
                planner.add(query, 1);
                yield planner.clauses.isEmpty()
                        ? new QueryPlan.Nothing()
                        : new QueryPlan.Scored(new SparseQuery(planner.clauses));
            }
        };
    }

    private static boolean isEmpty(Query.Bool bool) {
        return bool.must().isEmpty()
                && bool.should().isEmpty()
                && bool.filter().isEmpty()
                && bool.mustNot().isEmpty();
    }

    private void add(Query query, float factor) {
        float boost = factor * query.boost();
        switch (query) {
            case Query.Match match -> addMatch(match, boost);
            case Query.MultiMatch match -> addMultiMatch(match, boost);
            case Query.Sparse sparse -> addSparse(sparse, boost);
            case Query.Bool bool -> addBool(bool, boost);
            case Query.MatchNone none -> {
                // adds nothing to a sum
            }
            default ->
                throw unsupported("the query [" + query.kind() + "]"
                        + (query instanceof Query.MatchAll ? " inside another one" : ""));
        }
    }

    private void addMatch(Query.Match match, float boost) {
        requireAnyWord("match", match.operator(), match.minimumShouldMatch());
        addText(match.field(), match.text(), boost);
    }

    private void addMultiMatch(Query.MultiMatch match, float boost) {
        requireAnyWord("multi_match", match.operator(), match.minimumShouldMatch());
        boolean sum =
                match.type() == MultiMatchType.MOST_FIELDS || match.fields().size() == 1 || match.tieBreaker() == 1;
        if (!sum) {
            throw unsupported(
                    "[multi_match] of [type] [best_fields], over several fields and without [tie_breaker] 1,");
        }
        match.fields().forEach(field -> addText(field.field(), match.text(), boost * field.boost()));
    }

    private static void requireAnyWord(String kind, Operator operator, Optional<MinimumShouldMatch> minimum) {
        if (operator == Operator.AND) {
            throw unsupported("[" + kind + "] with [operator] [and]");
        }
        requireAtMostOne(kind, minimum);
    }

    /** A sum is above 0 where one of its parts is, so that one must match is what it means. */
    private static void requireAtMostOne(String kind, Optional<MinimumShouldMatch> minimum) {
        if (minimum.isPresent()
                && !(minimum.get().conditions().isEmpty()
                        && !minimum.get().base().percent()
                        && minimum.get().base().number() == 1)) {
            throw unsupported("[" + kind + "] with [minimum_should_match] ["
                    + minimum.get().text() + "]");
        }
    }

    private void addText(String field, String text, float boost) {
        if (collection.reader().field(field).isEmpty()) {
            return; // as Elasticsearch: what no document has, no document matches
        }
        if (collection.encoder(field).isEmpty()) {
            throw RestException.illegalArgument("[match] needs a field made from text, and field [" + field
                    + "] of index [" + collection.name()
                    + "] holds vectors only; query it with [sparse_vector]");
        }
        addVector(field, collection.encodeQuery(field, text), boost);
    }

    private void addSparse(Query.Sparse sparse, float boost) {
        SparseVector vector = switch (sparse.source()) {
            case VectorSource.Given given -> given.vector();
            case VectorSource.Inferred inferred -> encoded(sparse, inferred);
        };
        addVector(sparse.field(), pruned(sparse, vector), boost);
    }

    /** By the field's own model; others would have to be known to the server by their names. */
    private SparseVector encoded(Query.Sparse sparse, VectorSource.Inferred inferred) {
        if (inferred.inferenceId().isPresent()) {
            throw unsupported("[" + sparse.kind() + "] with a model that is named, here ["
                    + inferred.inferenceId().get() + "],");
        }
        if (collection.reader().field(sparse.field()).isEmpty()) {
            return SparseVector.EMPTY;
        }
        if (collection.encoder(sparse.field()).isEmpty()) {
            throw RestException.illegalArgument("[" + sparse.kind() + "] with a text needs a field made from text, and"
                    + " field [" + sparse.field() + "] of index [" + collection.name() + "] holds vectors only");
        }
        return collection.encodeQuery(sparse.field(), inferred.text());
    }

    private SparseVector pruned(Query.Sparse sparse, SparseVector vector) {
        return sparse.pruning()
                .filter(Query.TokenPruning::prune)
                .map(asked -> new TokenPruning(
                                asked.frequencyRatioThreshold(), asked.weightThreshold(), asked.onlyScorePruned())
                        .prune(vector, collection.tokenStatistics(sparse.field())))
                .orElse(vector);
    }

    private void addVector(String field, SparseVector vector, float boost) {
        if (!(boost > 0) || Float.isInfinite(boost)) {
            throw unsupported("a [boost] that comes to " + boost);
        }
        if (vector.isEmpty()) {
            return;
        }
        tokenCount += vector.size();
        if (tokenCount > limits.maxTokens()) {
            throw new RestException(
                    400,
                    "too_many_clauses",
                    "a query may have at most " + limits.maxTokens() + " tokens, this one has more");
        }
        clauses.add(new SparseQuery.Clause(field, vector, boost));
    }

    private void addBool(Query.Bool bool, float boost) {
        if (!bool.filter().isEmpty()) {
            throw unsupported("[bool] with [filter]");
        }
        if (!bool.mustNot().isEmpty()) {
            throw unsupported("[bool] with [must_not]");
        }
        if (!bool.must().isEmpty() && (bool.must().size() > 1 || !bool.should().isEmpty())) {
            throw unsupported("[bool] with [must] beside another clause");
        }
        requireAtMostOne("bool", bool.minimumShouldMatch());
        bool.must().forEach(query -> add(query, boost));
        bool.should().forEach(query -> add(query, boost));
    }

    private static RestException unsupported(String what) {
        return RestException.illegalArgument(what + " is not supported on this index in this version; it answers"
                + " [match_all], [match_none], and sums of [match], [multi_match], [sparse_vector], [weighted_tokens] and"
                + " [neural_sparse] in [bool.should]");
    }
}
