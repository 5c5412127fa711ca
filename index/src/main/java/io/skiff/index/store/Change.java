package io.skiff.index.store;

/** The last thing that happened to an id. */
public sealed interface Change {
    /** The external id. */
    String id();

    /** Which change it was. */
    Revision revision();

    /**
     * A document is there.
     *
     * @param source as it was given
     * @param derived as it was given
     */
    record Stored(String id, Revision revision, byte[] source, byte[] derived) implements Change {}

    /** The document was deleted, or a deletion of a document that was not there was asked for. */
    record Deleted(String id, Revision revision) implements Change {}
}
