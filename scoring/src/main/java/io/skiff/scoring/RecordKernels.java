package io.skiff.scoring;

import io.skiff.index.blockmax.RecordLayout;
import java.lang.foreign.MemorySegment;

/** Scores the documents of a block from its record. Scalar everywhere: a term has one or two documents in a block. */
final class RecordKernels {
    private static final int CACHE_LINE_BYTES = 64;
    private static final int LOCAL_DOCUMENT_MASK = (1 << RecordLayout.LOCAL_DOCUMENT_BITS) - 1;

    private RecordKernels() {}

    /** Adds the score of each document of the block to {@code scores}, which has 8 entries. */
    static void score(MemorySegment records, long record, RecordLayout layout, RecordTerms terms, int[] scores) {
        scoreSlots(records, record, layout.offsetBytes() == Short.BYTES, terms, scores);
        if (terms.rareCount > 0) {
            scoreRare(records, record, layout, terms, scores);
        }
    }

    private static void scoreSlots(
            MemorySegment records, long record, boolean narrow, RecordTerms terms, int[] scores) {
        for (int term = 0; term < terms.slotCount; term++) {
            long presence = records.get(LittleEndian.LONG, record + terms.presenceOffsets[term]);
            int bit = terms.bits[term];
            if ((presence >>> bit & 1) == 0) {
                continue;
            }
            long masks = record + offset(records, record + terms.sectionOffsets[term], narrow);
            int before = Long.bitCount(presence & (1L << bit) - 1);
            long impacts = masks + Long.bitCount(presence) + documentsBefore(records, masks, before);
            int weight = terms.slotWeights[term];
            for (int rest = records.get(LittleEndian.BYTE, masks + before) & 0xFF; rest != 0; rest &= rest - 1) {
                scores[Integer.numberOfTrailingZeros(rest)] +=
                        weight * (records.get(LittleEndian.BYTE, impacts++) & 0xFF);
            }
        }
    }

    /** Set bits in the first {@code count} bytes at {@code masks}. A section is no shorter than its masks, twice. */
    private static int documentsBefore(MemorySegment records, long masks, int count) {
        int documents = 0;
        int at = 0;
        for (; at + Long.BYTES <= count; at += Long.BYTES) {
            documents += Long.bitCount(records.get(LittleEndian.LONG, masks + at));
        }
        for (; at < count; at++) {
            documents += Integer.bitCount(records.get(LittleEndian.BYTE, masks + at) & 0xFF);
        }
        return documents;
    }

    private static void scoreRare(
            MemorySegment records, long record, RecordLayout layout, RecordTerms terms, int[] scores) {
        boolean narrow = layout.offsetBytes() == Short.BYTES;
        int width = layout.rareEntryBytes();
        int keyBytes = width - 1;
        for (int term = 0; term < terms.rareCount; term++) {
            long offsets = record + terms.bucketOffsets[term];
            long entry = record + offset(records, offsets, narrow);
            long end = record + offset(records, offsets + layout.offsetBytes(), narrow);
            int wanted = terms.rareKeys[term];
            for (; entry < end; entry += width) {
                int key = records.get(LittleEndian.SHORT, entry) & 0xFFFF;
                if (keyBytes == 3) {
                    key |= (records.get(LittleEndian.BYTE, entry + Short.BYTES) & 0xFF) << Short.SIZE;
                }
                if ((key & ~LOCAL_DOCUMENT_MASK) == wanted) {
                    scores[key & LOCAL_DOCUMENT_MASK] +=
                            terms.rareWeights[term] * (records.get(LittleEndian.BYTE, entry + keyBytes) & 0xFF);
                }
            }
        }
    }

    private static int offset(MemorySegment records, long at, boolean narrow) {
        return narrow ? records.get(LittleEndian.SHORT, at) & 0xFFFF : records.get(LittleEndian.INT, at);
    }

    /**
     * Reads a byte of every cache line of {@code records[start..end)}, so that the lines are on their way when the
     * record is scored; returns their sum, which the caller must keep.
     */
    static int touch(MemorySegment records, long start, long end) {
        int sum = 0;
        for (long at = start; at < end; at += CACHE_LINE_BYTES) {
            sum += records.get(LittleEndian.BYTE, at);
        }
        return sum;
    }
}
