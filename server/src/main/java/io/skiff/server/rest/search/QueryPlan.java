package io.skiff.server.rest.search;

import io.skiff.scoring.SparseQuery;

/** What a query comes to on an index. */
sealed interface QueryPlan {
    /** No document. */
    record Nothing() implements QueryPlan {}

    /** Every document, each with the same score. */
    record Everything(float score) implements QueryPlan {}

    /** The documents with a dot product above 0. */
    record Scored(SparseQuery query) implements QueryPlan {}
}
