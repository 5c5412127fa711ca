package io.skiff.server.rest.search;

import io.skiff.index.SparseVector;

/** A query of the search language. */
sealed interface Query {
    /** The field searched. */
    String field();

    /** Factor on the score, finite and greater than zero. */
    float boost();

    /** Words, to be encoded as the field's documents were. */
    record Match(String field, String text, float boost) implements Query {}

    /** A vector that the caller has made. */
    record SparseVectorQuery(String field, SparseVector vector, float boost) implements Query {}
}
