package io.skiff.server.rest.plan;

import io.skiff.scoring.SparseQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether a tree is a sum of dot products and constants over one set of documents, which the engine answers in
 * one search.
 *
 * @param clauses of the dot product
 * @param required whether a document must have one above 0; then there are clauses
 * @param documents the set
 * @param added the constants
 */
record LinearPlan(List<SparseQuery.Clause> clauses, boolean required, DocumentSet documents, double added) {
    /** The plan of a tree. */
    static QueryPlan plan(ScoreNode node) {
        Optional<LinearPlan> linear = of(node);
        if (linear.isEmpty()) {
            return new QueryPlan.Combined(node);
        }
        LinearPlan plan = linear.get();
        if (plan.clauses.isEmpty() || plan.documents.isNothing()) {
            return new QueryPlan.Uniform(plan.documents, plan.added);
        }
        return new QueryPlan.Scored(new SparseQuery(plan.clauses), plan.required, plan.documents, plan.added, node);
    }

    private static Optional<LinearPlan> of(ScoreNode node) {
        return switch (node) {
            case ScoreNode.Product(SparseQuery query) ->
                Optional.of(new LinearPlan(query.clauses(), true, DocumentSet.everything(), 0));
            case ScoreNode.Constant(DocumentSet documents, double score) ->
                Optional.of(new LinearPlan(List.of(), false, documents, score));
            case ScoreNode.Sum sum -> of(sum);
            case ScoreNode.Best best -> Optional.empty();
        };
    }

    private static Optional<LinearPlan> of(ScoreNode.Sum sum) {
        int minimum = sum.minimum();
        List<LinearPlan> required = new ArrayList<>();
        List<LinearPlan> optional = new ArrayList<>();
        for (ScoreNode node : sum.required()) {
            Optional<LinearPlan> part = of(node);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            required.add(part.get());
        }
        for (ScoreNode node : sum.optional()) {
            Optional<LinearPlan> part = of(node);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            boolean always = part.get().matchesEverything();
            minimum -= always ? 1 : 0;
            (always ? required : optional).add(part.get());
        }
        if (minimum > optional.size()) {
            return of(ScoreNode.nothing());
        }
        if (minimum > 0 && minimum == optional.size()) {
            required.addAll(optional);
            optional.clear();
        }
        int needed = Math.max(0, minimum);
        return joined(required, sum.documents()).flatMap(base -> base.with(optional, needed));
    }

    private boolean matchesEverything() {
        return !required && documents.isEverything();
    }

    /** What matches all of some, if it is known by one dot product. */
    private static Optional<LinearPlan> joined(List<LinearPlan> parts, DocumentSet among) {
        List<SparseQuery.Clause> clauses = new ArrayList<>();
        DocumentSet documents = among;
        double added = 0;
        int scoring = 0;
        boolean required = false;
        for (LinearPlan part : parts) {
            clauses.addAll(part.clauses);
            documents = documents.and(part.documents);
            added += part.added;
            scoring += part.clauses.isEmpty() ? 0 : 1;
            required |= part.required;
        }
        // That the sum is above 0 does not show which of its parts is.
        return required && scoring > 1
                ? Optional.empty()
                : Optional.of(new LinearPlan(clauses, required, documents, added));
    }

    /** This and dot products over all documents of which one is needed, or none. */
    private Optional<LinearPlan> with(List<LinearPlan> optional, int minimum) {
        List<SparseQuery.Clause> sum = new ArrayList<>(clauses);
        for (LinearPlan part : optional) {
            if (!part.required || !part.documents.isEverything() || part.added != 0) {
                return Optional.empty();
            }
            sum.addAll(part.clauses);
        }
        boolean isKnown = minimum == 0 ? !required : minimum == 1 && clauses.isEmpty();
        return isKnown || optional.isEmpty()
                ? Optional.of(new LinearPlan(sum, required || minimum > 0, documents, added))
                : Optional.empty();
    }
}
