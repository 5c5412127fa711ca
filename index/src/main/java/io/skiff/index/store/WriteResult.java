package io.skiff.index.store;

import java.util.Optional;

/** What became of a {@link Write}. */
public sealed interface WriteResult {
    /** The external id. */
    String id();

    /** What a change did. */
    enum Outcome {
        /** There was no document of that id, now there is. */
        CREATED,
        /** The document was replaced. */
        UPDATED,
        /** The document is gone. */
        DELETED,
        /** There was none to delete. */
        NOT_FOUND
    }

    /** It was carried out, and is as durable as the {@link SyncPolicy} says. */
    record Done(String id, Outcome outcome, Revision revision) implements WriteResult {}

    /**
     * Its condition did not hold and nothing was changed.
     *
     * @param current the document that is there, if any
     */
    record Conflict(String id, Condition condition, Optional<Revision> current) implements WriteResult {}
}
