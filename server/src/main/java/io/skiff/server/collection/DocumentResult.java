package io.skiff.server.collection;

import io.skiff.index.store.WriteResult;

/** What became of a {@link DocumentWrite}. */
public sealed interface DocumentResult {
    /** It reached the index: it was carried out, or its condition did not hold. */
    record Reached(WriteResult result) implements DocumentResult {}

    /**
     * The document is not one that the index can take.
     *
     * @param cause a {@link io.skiff.server.schema.SchemaException}, or what else is wrong with it
     */
    record Refused(RuntimeException cause) implements DocumentResult {}
}
