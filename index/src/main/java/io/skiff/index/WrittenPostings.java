package io.skiff.index;

import io.skiff.index.blockmax.PostingsSource;
import java.lang.foreign.MemorySegment;

/** The postings of a postings file, sound as far as this is concerned: just written, or checked before. */
final class WrittenPostings implements PostingsSource {
    private final MemorySegment payload;
    private final TermPostings terms;
    private final int documentCount;
    private long nextHeaderOffset;
    private long docIdsOffset;
    private int remainingTiers;
    private int impact;
    private int count;

    WrittenPostings(MemorySegment payload, TermPostings terms, int documentCount) {
        this.payload = payload;
        this.terms = terms;
        this.documentCount = documentCount;
    }

    @Override
    public int documentCount() {
        return documentCount;
    }

    @Override
    public int termCount() {
        return terms.offsets().length;
    }

    @Override
    public void reset(int termId) {
        nextHeaderOffset = terms.offsets()[termId];
        remainingTiers = terms.tierCounts()[termId];
        docIdsOffset = nextHeaderOffset + TierLayout.docIdsOffset(remainingTiers);
        count = 0;
    }

    @Override
    public boolean nextTier() {
        if (remainingTiers-- == 0) {
            return false;
        }
        docIdsOffset += (long) count * Integer.BYTES;
        impact = payload.get(LittleEndian.INT, nextHeaderOffset + TierLayout.IMPACT_OFFSET);
        count = payload.get(LittleEndian.INT, nextHeaderOffset + TierLayout.COUNT_OFFSET);
        nextHeaderOffset += TierLayout.BYTES;
        return true;
    }

    @Override
    public int impact() {
        return impact;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int docId(int index) {
        return payload.get(LittleEndian.INT, docIdsOffset + (long) index * Integer.BYTES);
    }
}
