package io.skiff.index;

import java.lang.foreign.MemorySegment;

/**
 * One immutable segment: its terms, their impact-ordered postings, and its documents by docId.
 *
 * <p>A term is a token of a field. TermIds and docIds are dense and start at 0 in every segment.
 */
public final class SegmentReader {
    SegmentReader() {}

    /** Documents in the segment; docIds are 0 to this, exclusive. */
    public int documentCount() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Terms of all fields; termIds are 0 to this, exclusive. */
    public int termCount() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The termId of a token in a field, or -1. */
    public int termId(String field, String token) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The token of a term. */
    public String token(int termId) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The number of postings of a term. */
    public int documentFrequency(int termId) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The largest impact of a term, 1..255. */
    public int largestImpact(int termId) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The mapped postings that {@link PostingsCursor#docIdsOffset()} points into. */
    public MemorySegment postings() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The external id of a document. */
    public String externalId(int docId) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The stored source of a document, a fresh copy; empty if none was given. */
    public byte[] source(int docId) {
        throw new UnsupportedOperationException("not yet");
    }
}
