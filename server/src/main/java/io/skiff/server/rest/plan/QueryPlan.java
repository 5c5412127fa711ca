package io.skiff.server.rest.plan;

import io.skiff.scoring.SparseQuery;

/** What a query comes to on an index: the cheapest exact way to answer it. */
public sealed interface QueryPlan {
    /** The same as a tree. */
    ScoreNode node();

    /** Documents of a set, all with the same score. */
    record Uniform(DocumentSet documents, double score) implements QueryPlan {
        @Override
        public ScoreNode node() {
            return new ScoreNode.Constant(documents, score);
        }
    }

    /**
     * Documents with a dot product, which the engine finds the best of without looking at all.
     *
     * @param query the dot product, of one clause or more
     * @param required whether documents must have one above 0
     * @param documents which they must be among
     * @param added to each score
     */
    record Scored(SparseQuery query, boolean required, DocumentSet documents, double added, ScoreNode node)
            implements QueryPlan {}

    /** Anything else: every document that matches is looked at. */
    record Combined(ScoreNode node) implements QueryPlan {}
}
