package io.skiff.index;

/** Told how far a build is, now and then, on the thread that builds. */
@FunctionalInterface
public interface BuildProgress {
    /** Tells nobody. */
    BuildProgress NONE = (phase, documentCount, share) -> {};

    /** What a build does. */
    enum Phase {
        /** Takes documents; how many there will be is for the caller to know, so the share is 0. */
        DOCUMENTS,
        /** Turns documents into blocks and postings by term. */
        BLOCKS,
        /** Encodes the postings of each term. */
        TERMS,
        /** Makes the files durable. */
        SYNC
    }

    /**
     * A step was made.
     *
     * @param documentCount documents in the segment, so far while they come
     * @param share how much of the phase is done, 0..1
     */
    void at(Phase phase, int documentCount, double share);
}
