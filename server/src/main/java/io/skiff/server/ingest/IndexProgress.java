package io.skiff.server.ingest;

import io.skiff.index.BuildProgress;

/** Is told how far a job is, now and then, on the thread that runs the job. */
@FunctionalInterface
public interface IndexProgress {
    /** Tells nobody. */
    IndexProgress NONE = (source, documentCount) -> {};

    /**
     * The job is here.
     *
     * @param source what it reads, for its position and length
     * @param documentCount documents that are in the index
     */
    void update(DocumentSource source, long documentCount);

    /** So many tokens have been encoded so far; said before {@link #update}, by encoders that count them. */
    default void encoded(long tokenCount) {}

    /** The documents are all there, and the index is being written; said before {@link #update}. */
    default void building(BuildProgress.Phase phase, double share) {}
}
