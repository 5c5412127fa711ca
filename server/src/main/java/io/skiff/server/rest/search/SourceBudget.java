package io.skiff.server.rest.search;

import io.skiff.server.rest.RestException;

/** Bounds the stored sources in one answer, which is held in memory as a whole. */
final class SourceBudget {
    /** Most bytes of stored sources in one answer, over all its searches. */
    static final long MAX_BYTES = 100 << 20;

    private long taken;

    /**
     * Takes a source in.
     *
     * @throws RestException if that is too much
     */
    void take(long bytes) {
        taken += bytes;
        if (taken > MAX_BYTES) {
            throw RestException.illegalArgument("the hits hold more than " + MAX_BYTES
                    + " bytes of [_source], highlights and explanations; ask for a smaller [size] or for"
                    + " [_source]: false");
        }
    }
}
