package io.skiff.server.ingest;

import io.skiff.index.SparseVector;

/** A query as a file gives it. */
public sealed interface QueryRecord {
    /** Its id. */
    String id();

    /** Where it stands, for messages: {@code queries.jsonl:17}. */
    String location();

    /**
     * A query in words.
     *
     * @param text the words
     */
    record Text(String id, String text, String location) implements QueryRecord {}

    /**
     * A query that is a vector already.
     *
     * @param vector its weights
     */
    record Vector(String id, SparseVector vector, String location) implements QueryRecord {}
}
