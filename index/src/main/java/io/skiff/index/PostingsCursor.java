package io.skiff.index;

import java.lang.foreign.MemorySegment;

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
 * <p>Allocates nothing; one per thread, used again for every term. The docIds that it points at lie inside the
 * postings even in a damaged file (else an {@link java.io.UncheckedIOException} names the file); what they are is for
 * the caller to hold against {@link SegmentReader#documentCount()}.
 */
public final class PostingsCursor {
    private SegmentReader segment;
    private MemorySegment postings;
    private long nextHeaderOffset;
    private int remainingTiers;
    private int remainingDocIds;
    private int impact;
    private int count;
    private long docIdsOffset;

    /** Unpositioned. */
    public PostingsCursor() {}

    /** Moves before the first tier of a term. */
    public void reset(SegmentReader segment, int termId) {
        TermDictionary terms = segment.terms();
        this.segment = segment;
        postings = segment.postings();
        nextHeaderOffset = terms.postingsOffset(termId);
        remainingTiers = terms.tierCount(termId);
        remainingDocIds = terms.documentFrequency(termId);
        docIdsOffset = nextHeaderOffset + TierLayout.docIdsOffset(remainingTiers);
        impact = 0;
        count = 0;
        long lastOffset = postings.byteSize() - TierLayout.postingsBytes(remainingTiers, remainingDocIds);
        if (remainingDocIds < 0
                || nextHeaderOffset < 0
                || nextHeaderOffset > lastOffset
                || nextHeaderOffset % Integer.BYTES != 0) {
            throw segment.postingsFile()
                    .damagedWhileReading("cannot hold the postings of term " + termId + " at " + nextHeaderOffset);
        }
    }

    /** Moves to the next tier; false when there is none. */
    public boolean nextTier() {
        if (remainingTiers == 0) {
            return false;
        }
        docIdsOffset += (long) count * Integer.BYTES;
        impact = postings.get(LittleEndian.INT, nextHeaderOffset + TierLayout.IMPACT_OFFSET);
        count = postings.get(LittleEndian.INT, nextHeaderOffset + TierLayout.COUNT_OFFSET);
        if (impact < 1 || impact > Limits.MAX_IMPACT || count < 1 || count > remainingDocIds) {
            throw segment.postingsFile()
                    .damagedWhileReading("has a tier of impact " + impact + " with " + count + " postings at "
                            + nextHeaderOffset + ", where " + remainingDocIds + " remain");
        }
        nextHeaderOffset += TierLayout.BYTES;
        remainingTiers--;
        remainingDocIds -= count;
        return true;
    }

    /** The impact of the current tier, 1..255. */
    public int impact() {
        return impact;
    }

    /** The number of docIds in the current tier. */
    public int count() {
        return count;
    }

    /** The byte offset of the tier's first docId in {@link SegmentReader#postings()}. */
    public long docIdsOffset() {
        return docIdsOffset;
    }
}
