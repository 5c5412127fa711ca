package io.skiff.server.rest.document;

import io.skiff.index.store.Condition;
import java.util.Locale;
import java.util.Optional;

/**
 * One of the actions of a bulk request.
 *
 * @param kind what to do
 * @param index where
 * @param id of the document
 * @param source the line behind the action's; empty for a deletion
 * @param condition that was asked for
 * @param retries of an update that met with another write
 */
record BulkAction(
        Kind kind, String index, String id, byte[] source, Optional<Condition.Unchanged> condition, long retries) {
    /** What can be done. */
    enum Kind {
        /** Store a document in place of what is there. */
        INDEX,
        /** Store a document that is not there. */
        CREATE,
        /** Change a document in part. */
        UPDATE,
        /** Remove a document. */
        DELETE;

        /** As it is written. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What must hold of the document. */
    Condition required() {
        return kind == Kind.CREATE
                ? Condition.ABSENT
                : condition.map(each -> (Condition) each).orElse(Condition.ALWAYS);
    }
}
