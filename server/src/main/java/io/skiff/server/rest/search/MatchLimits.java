package io.skiff.server.rest.search;

/** Counts the documents that match, and says which of them are hits at all. For one search. */
final class MatchLimits {
    private final float minScore;
    private final int terminateAfter;
    private long count;
    private boolean exhausted;

    /**
     * Nothing counted yet.
     *
     * @param minScore documents of a lower score are no hits
     * @param terminateAfter most documents to look at; 0 for all
     */
    MatchLimits(float minScore, int terminateAfter) {
        this.minScore = minScore;
        this.terminateAfter = terminateAfter;
    }

    /** Takes a document into account; false if it is no hit. */
    boolean accept(double score) {
        if ((float) score < minScore) {
            return false;
        }
        if (terminateAfter > 0 && count == terminateAfter) {
            exhausted = true;
            return false;
        }
        count++;
        return true;
    }

    /** Documents that are hits. */
    long count() {
        return count;
    }

    /** Whether there was one more than may be looked at. */
    boolean isExhausted() {
        return exhausted;
    }
}
