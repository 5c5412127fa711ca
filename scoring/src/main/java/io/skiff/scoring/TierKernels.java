package io.skiff.scoring;

import java.lang.foreign.MemorySegment;

/**
 * Adds the contributions of a tier of postings to the scores of its documents. Scalar everywhere: scatter was measured to
 * be no faster, and the sum of gaps hides behind the stores.
 *
 * <p>All take where the gaps start and how many there are, and return the last docId, which the caller must hold against
 * the documents that there are; a damaged tier ends there or with {@link ArrayIndexOutOfBoundsException}, as gaps are not
 * negative. A gap with all bits set is no posting: what it adds is 0.
 */
final class TierKernels {
    private static final int BYTE_SKIP = 0xFF;
    private static final int SHORT_SKIP = 0xFFFF;
    private static final int TWELVE_SKIP = 0xFFF;
    private static final int TWELVE_BITS = 12;
    private static final int PAIR_BYTES = 3;

    private TierKernels() {}

    static int add8(MemorySegment postings, long gaps, int count, int contribution, int[] scores) {
        int docId = 0;
        for (int i = 0; i < count; i++) {
            int gap = postings.get(LittleEndian.BYTE, gaps + i) & BYTE_SKIP;
            docId += gap;
            scores[docId] += contribution & ((gap - BYTE_SKIP) >> 31);
        }
        return docId;
    }

    static int add12(MemorySegment postings, long gaps, int count, int contribution, int[] scores) {
        int docId = 0;
        int pairs = count >>> 1;
        for (int i = 0; i < pairs; i++) {
            int pair = postings.get(LittleEndian.INT, gaps + (long) i * PAIR_BYTES);
            int gap = pair & TWELVE_SKIP;
            docId += gap;
            scores[docId] += contribution & ((gap - TWELVE_SKIP) >> 31);
            gap = (pair >>> TWELVE_BITS) & TWELVE_SKIP;
            docId += gap;
            scores[docId] += contribution & ((gap - TWELVE_SKIP) >> 31);
        }
        if ((count & 1) != 0) {
            int gap = postings.get(LittleEndian.SHORT, gaps + (long) pairs * PAIR_BYTES) & TWELVE_SKIP;
            docId += gap;
            scores[docId] += contribution & ((gap - TWELVE_SKIP) >> 31);
        }
        return docId;
    }

    static int add16(MemorySegment postings, long gaps, int count, int contribution, int[] scores) {
        int docId = 0;
        for (int i = 0; i < count; i++) {
            int gap = postings.get(LittleEndian.SHORT, gaps + (long) i * Short.BYTES) & SHORT_SKIP;
            docId += gap;
            scores[docId] += contribution & ((gap - SHORT_SKIP) >> 31);
        }
        return docId;
    }

    /** Of a mixed tier, whose impacts are a byte each: 0 where there is no posting. */
    static int addMixed8(MemorySegment postings, long gaps, long impacts, int count, int weight, int[] scores) {
        int docId = 0;
        for (int i = 0; i < count; i++) {
            docId += postings.get(LittleEndian.BYTE, gaps + i) & BYTE_SKIP;
            scores[docId] += weight * (postings.get(LittleEndian.BYTE, impacts + i) & 0xFF);
        }
        return docId;
    }

    static int addMixed12(MemorySegment postings, long gaps, long impacts, int count, int weight, int[] scores) {
        int docId = 0;
        for (int i = 0; i < count; i++) {
            int shift = (i & 1) << 2;
            long at = gaps + (((long) i * TWELVE_BITS) >> 3);
            docId += ((postings.get(LittleEndian.SHORT, at) & SHORT_SKIP) >>> shift) & TWELVE_SKIP;
            scores[docId] += weight * (postings.get(LittleEndian.BYTE, impacts + i) & 0xFF);
        }
        return docId;
    }

    static int addMixed16(MemorySegment postings, long gaps, long impacts, int count, int weight, int[] scores) {
        int docId = 0;
        for (int i = 0; i < count; i++) {
            docId += postings.get(LittleEndian.SHORT, gaps + (long) i * Short.BYTES) & SHORT_SKIP;
            scores[docId] += weight * (postings.get(LittleEndian.BYTE, impacts + i) & 0xFF);
        }
        return docId;
    }

    /** Adds 1 for each posting of a mixed tier, whatever its impact; gaps of 8, 12 or 16 bits. */
    static int countMixed(MemorySegment postings, long gaps, int gapBits, long impacts, int count, int[] counts) {
        int mask = (1 << gapBits) - 1;
        int docId = 0;
        for (int i = 0; i < count; i++) {
            long bit = (long) i * gapBits;
            int bits = postings.get(LittleEndian.SHORT, gaps + (bit >> 3)) & SHORT_SKIP;
            docId += (bits >>> (bit & 7)) & mask;
            counts[docId] += -(postings.get(LittleEndian.BYTE, impacts + i) & 0xFF) >>> 31;
        }
        return docId;
    }
}
