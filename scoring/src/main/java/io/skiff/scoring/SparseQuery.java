package io.skiff.scoring;

import io.skiff.index.SparseVector;
import java.util.List;

/**
 * A query: the sum of weighted dot products, one per clause, each over one field.
 *
 * @param clauses at least one
 */
public record SparseQuery(List<Clause> clauses) {
    /**
     * One dot product.
     *
     * @param field the field searched; one that the index lacks contributes nothing
     * @param vector the weights of the query's tokens
     * @param boost factor on the clause's contribution, finite and greater than zero
     */
    public record Clause(String field, SparseVector vector, float boost) {
        /** Refuses a boost that is not finite and positive. */
        public Clause {
            if (!(boost > 0) || Float.isInfinite(boost)) {
                throw new IllegalArgumentException("boost of the clause on field '" + field
                        + "' must be finite and greater than zero, got " + boost);
            }
        }
    }

    /** Copies the list. */
    public SparseQuery {
        clauses = List.copyOf(clauses);
    }

    /** A query of one clause with boost 1. */
    public static SparseQuery of(String field, SparseVector vector) {
        return new SparseQuery(List.of(new Clause(field, vector, 1)));
    }
}
