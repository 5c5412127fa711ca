package io.skiff.index;

import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A movable view over the impact-ordered postings of a term. They are in parts, one for each window of documents that
 * has the term, and each part in tiers of equal impact, the highest first, the last of which may be mixed.
 *
 * <pre>
 *   cursor.reset(segment, termId);
 *   while (cursor.nextPart()) {
 *       // documents cursor.firstDocId() to cursor.endDocId()
 *       while (cursor.nextTier()) {
 *           // cursor.entryCount() gaps of cursor.gapBits() at cursor.gapsOffset() of segment.postings(),
 *           // all of impact cursor.impact(), or, where that is 0, impacts of their own at cursor.impactsOffset()
 *       }
 *   }
 * </pre>
 *
 * <p>A docId is the sum of the gaps up to it, counted from the part's first document. A gap that has all bits set is no
 * posting, it only moves on. {@link PostingsIterator} spares one all that.
 *
 * <p>Allocates nothing; one per thread, used again for every term. What it points at lies inside the postings even in a
 * damaged file (else an {@link UncheckedIOException} names the file); that a sum of gaps stays below {@link #endDocId()}
 * is for the caller to verify.
 */
public final class PostingsCursor {
    /** Documents in a window; the last of a segment may have fewer. */
    public static final int WINDOW_DOCUMENTS = 1 << PartLayout.WINDOW_SHIFT;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LittleEndian.SHORT.order());
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LittleEndian.INT.order());

    private SegmentReader segment;
    private MemorySegment postings;
    private long partsOffset;
    private int partCount;
    private int part;
    private int window;
    private int remainingTiers;
    private long headerOffset;
    private long tierEnd;
    private long partEnd;
    private int impact;
    private int gapBits;
    private int entryCount;
    private long gapsOffset;

    /** Unpositioned. */
    public PostingsCursor() {}

    /** Moves before the first part of a term. The segment must {@linkplain SegmentReader#hasPostings have postings}. */
    public void reset(SegmentReader newSegment, int termId) {
        TermDictionary terms = newSegment.terms();
        segment = newSegment;
        postings = newSegment.postings();
        partsOffset = terms.postingsOffset(termId);
        partCount = terms.partCount(termId);
        part = -1;
        window = -1;
        remainingTiers = 0;
        if (partsOffset < 0 || partsOffset > postings.byteSize() - (long) partCount * PartLayout.BYTES) {
            throw damaged("cannot hold the postings of term " + termId + " at " + partsOffset);
        }
    }

    /** Moves to the next window that has the term; false when there is none. */
    public boolean nextPart() {
        return part + 1 < partCount && toPart(part + 1);
    }

    /** Moves to the part of a window; false if it has none. */
    public boolean toWindow(int wanted) {
        int low = 0;
        int high = partCount - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = windowOf(middle);
            if (found == wanted) {
                return toPart(middle);
            } else if (found < wanted) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    private int windowOf(int index) {
        return postings.get(SHORT, entryOffset(index) + PartLayout.WINDOW_OFFSET) & 0xFFFF;
    }

    private long entryOffset(int index) {
        return partsOffset + (long) index * PartLayout.BYTES;
    }

    private long endOf(int index) {
        return entryOffset(partCount)
                + Integer.toUnsignedLong(postings.get(INT, entryOffset(index) + PartLayout.END_OFFSET));
    }

    private boolean toPart(int index) {
        int previousWindow = index == part + 1 ? window : -1;
        part = index;
        window = windowOf(index);
        remainingTiers = postings.get(SHORT, entryOffset(index) + PartLayout.TIER_COUNT_OFFSET) & 0xFFFF;
        headerOffset = index == 0 ? entryOffset(partCount) : endOf(index - 1);
        tierEnd = headerOffset + (long) remainingTiers * TierLayout.BYTES;
        partEnd = endOf(index);
        if (window <= previousWindow
                || window >= PartLayout.windowCount(segment.documentCount())
                || remainingTiers > TierLayout.MAX_TIERS
                || tierEnd > partEnd
                || partEnd > postings.byteSize() - PartLayout.TAIL_BYTES) {
            throw damaged("has " + remainingTiers + " tiers of window " + window + " to " + partEnd
                    + " in the entry at " + entryOffset(index));
        }
        return true;
    }

    /** Moves to the next tier of the part; false when there is none. */
    public boolean nextTier() {
        if (remainingTiers == 0) {
            return false;
        }
        int header = postings.get(INT, headerOffset);
        impact = TierLayout.impact(header);
        gapBits = TierLayout.gapBits(header);
        entryCount = TierLayout.entryCount(header);
        gapsOffset = tierEnd;
        tierEnd = impactsOffset() + (impact == TierLayout.MIXED ? entryCount : 0);
        if (gapBits > Short.SIZE || tierEnd > partEnd) {
            throw damaged("has a tier of " + entryCount + " gaps of " + gapBits + " bits at " + headerOffset
                    + ", in a part to " + partEnd);
        }
        headerOffset += TierLayout.BYTES;
        remainingTiers--;
        return true;
    }

    /** The window of the part. */
    public int window() {
        return window;
    }

    /** The first document of the part's window. */
    public int firstDocId() {
        return window << PartLayout.WINDOW_SHIFT;
    }

    /** The end, exclusive, of the documents of the part's window. */
    public int endDocId() {
        return segment.windowEnd(window);
    }

    /** The impact of the tier, 1..255; 0 if it is mixed. */
    public int impact() {
        return impact;
    }

    /** Bits of a gap: 8, 12 or 16. */
    public int gapBits() {
        return gapBits;
    }

    /** Gaps of the tier, those that are no posting included. */
    public int entryCount() {
        return entryCount;
    }

    /** Where the tier's gaps start in {@link SegmentReader#postings()}; 8 bytes can be loaded wherever a gap is. */
    public long gapsOffset() {
        return gapsOffset;
    }

    /** Where the impacts of a mixed tier start, a byte each; 0 for gaps that are no posting. */
    public long impactsOffset() {
        return gapsOffset + TierLayout.gapsBytes(gapBits, entryCount);
    }

    /** A gap of the tier, {@code 0 <= entry < entryCount()}. */
    int gap(int entry) {
        long bit = (long) entry * gapBits;
        int bits = postings.get(SHORT, gapsOffset + bit / Byte.SIZE) & 0xFFFF;
        return (bits >>> (bit % Byte.SIZE)) & TierLayout.skip(gapBits);
    }

    /** The impact of an entry of the tier, 0 if it is no posting. */
    int impact(int entry) {
        if (impact == TierLayout.MIXED) {
            return postings.get(ValueLayout.JAVA_BYTE, impactsOffset() + entry) & 0xFF;
        }
        return gap(entry) == TierLayout.skip(gapBits) ? 0 : impact;
    }

    /** Where the part, or what is known of it, ends. */
    long partEnd() {
        return partEnd;
    }

    /** Where the tier ends. */
    long tierEnd() {
        return tierEnd;
    }

    private UncheckedIOException damaged(String what) {
        return segment.postingsFile().damagedWhileReading(what);
    }
}
