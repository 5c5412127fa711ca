package io.skiff.index.store;

/** What must hold of a document for a write to it to happen. */
public sealed interface Condition {
    /** Nothing. */
    Condition ALWAYS = new Always();

    /** There is no document of that id. Elasticsearch's {@code op_type=create}. */
    Condition ABSENT = new Absent();

    /** Nothing. */
    record Always() implements Condition {}

    /** There is no document of that id. */
    record Absent() implements Condition {}

    /** The document is there and was last written under these numbers: {@code if_seq_no} and {@code if_primary_term}. */
    record Unchanged(long sequenceNumber, long primaryTerm) implements Condition {}
}
