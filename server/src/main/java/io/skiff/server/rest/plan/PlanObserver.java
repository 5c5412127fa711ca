package io.skiff.server.rest.plan;

import io.skiff.index.SparseVector;

/** Told of what a planner does with the texts and vectors of queries. */
public interface PlanObserver {
    /** Does not care. */
    PlanObserver NONE = new PlanObserver() {
        @Override
        public void encoded(String field, String text, SparseVector vector, long nanos) {
            // nobody asks
        }

        @Override
        public void given(String field, SparseVector vector) {
            // nobody asks
        }

        @Override
        public void pruned(String field, SparseVector whole, SparseVector kept) {
            // nobody asks
        }
    };

    /** A text has become a vector, which took some time. */
    void encoded(String field, String text, SparseVector vector, long nanos);

    /** A query brought a vector. */
    void given(String field, SparseVector vector);

    /** Tokens of a vector were left out. */
    void pruned(String field, SparseVector whole, SparseVector kept);
}
