package io.skiff.scoring;

import io.skiff.index.IndexReader;

/** A query made ready for an index, for {@link BlockMaxSteps}. */
public final class PlannedQuery {
    private final QueryPlan plan;

    private PlannedQuery(QueryPlan plan) {
        this.plan = plan;
    }

    /** The query for all segments of {@code reader}. */
    public static PlannedQuery of(SparseQuery query, IndexReader reader) {
        return new PlannedQuery(QueryPlan.of(query, reader.fields()));
    }

    QueryPlan plan() {
        return plan;
    }
}
