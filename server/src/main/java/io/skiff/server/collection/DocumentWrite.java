package io.skiff.server.collection;

import io.skiff.index.store.Condition;

/** A change of a document that is asked for. */
public sealed interface DocumentWrite {
    /** The document's id, at most {@link io.skiff.index.Limits#MAX_ID_BYTES} bytes of UTF-8. */
    String id();

    /** What must hold for the change to happen. */
    Condition condition();

    /**
     * Stores a document in place of the one of that id, if there is one.
     *
     * @param source a JSON object in UTF-8
     */
    record Put(String id, byte[] source, Condition condition) implements DocumentWrite {}

    /** Removes a document. */
    record Delete(String id, Condition condition) implements DocumentWrite {}
}
