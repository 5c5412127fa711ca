package io.skiff.index.blockmax;

/**
 * The impact-ordered postings that {@link BlockMaxWriter} reads, term by term and several times over.
 *
 * <p>A term's postings come in tiers of equal impact, highest impact first, docIds ascending in each tier; no docId
 * comes twice for a term.
 */
public interface PostingsSource {
    /** Documents of the segment; docIds are 0 to this, exclusive. */
    int documentCount();

    /** Terms of the segment; termIds are 0 to this, exclusive. */
    int termCount();

    /** Moves before the first tier of a term. */
    void reset(int termId);

    /** Moves to the next tier; false when there is none. */
    boolean nextTier();

    /** The impact of the current tier, 1..255. */
    int impact();

    /** The number of docIds in the current tier, at least 1. */
    int count();

    /** A docId of the current tier, {@code 0 <= index < count()}. */
    int docId(int index);
}
