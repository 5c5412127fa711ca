package io.skiff.index;

/**
 * A movable view over the impact-ordered postings of a term: tiers of equal impact, highest impact first, and in
 * each tier the docIds in ascending order, 4 bytes each, little-endian.
 *
 * <pre>
 *   cursor.reset(segment, termId);
 *   while (cursor.nextTier()) {
 *       // cursor.count() docIds at cursor.docIdsOffset() of segment.postings(), all of impact cursor.impact()
 *   }
 * </pre>
 *
 * <p>Allocates nothing; one per thread, used again for every term.
 */
public final class PostingsCursor {
    /** Unpositioned. */
    public PostingsCursor() {}

    /** Moves before the first tier of a term. */
    public void reset(SegmentReader segment, int termId) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Moves to the next tier; false when there is none. */
    public boolean nextTier() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The impact of the current tier, 1..255. */
    public int impact() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The number of docIds in the current tier. */
    public int count() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The byte offset of the tier's first docId in {@link SegmentReader#postings()}. */
    public long docIdsOffset() {
        throw new UnsupportedOperationException("not yet");
    }
}
