package io.skiff.index.blockmax;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What the writer knows of every term: where its bounds are, and under which key records name it. */
final class TermTable {
    /**
     * A slot costs every record its bit and its part of an offset, and a term present a byte of documents, but then only
     * one byte per posting where a rare entry has three; and it is found without a scan, which is worth something. Of
     * 0.05, 0.08, 0.12 and 0.2 this makes the smallest records at a million documents, as fast as any.
     */
    private static final double SLOT_BYTES_PER_RECORD = 0.12;

    private final int[] postingCounts;
    private final int[] blockCounts;
    private final long[] boundsOffsets;
    private final BoundsKind[] boundsKinds;
    private final int[] recordKeys;
    private final int[] termsInRecordOrder;
    private int slotCount;
    private int rareCount;

    /** Gives the terms of a segment their keys, by what they have: postings, and blocks with one. */
    TermTable(int[] postingCounts, int[] blockCounts, int blockCount) {
        this.postingCounts = postingCounts;
        this.blockCounts = blockCounts;
        boundsOffsets = new long[postingCounts.length];
        boundsKinds = new BoundsKind[postingCounts.length];
        recordKeys = new int[postingCounts.length];
        termsInRecordOrder = assignKeys(blockCount);
    }

    void putBounds(int termId, long boundsOffset, BoundsKind kind) {
        boundsOffsets[termId] = boundsOffset;
        boundsKinds[termId] = kind;
    }

    int termCount() {
        return postingCounts.length;
    }

    /** The place of each term in record order, by termId. */
    int[] ranks() {
        int[] ranks = new int[termCount()];
        for (int rank = 0; rank < ranks.length; rank++) {
            ranks[termsInRecordOrder[rank]] = rank;
        }
        return ranks;
    }

    /** The keys of the terms in record order. */
    int[] keysInRecordOrder() {
        return Arrays.stream(termsInRecordOrder)
                .map(termId -> recordKeys[termId])
                .toArray();
    }

    /** Gives every term its slot or ordinal, dealing frequent ones round the groups and buckets so that they fill evenly. */
    private int[] assignKeys(int blockCount) {
        long[] byFrequency = new long[termCount()];
        for (int termId = 0; termId < termCount(); termId++) {
            byFrequency[termId] = (long) -postingCounts[termId] << 32 | termId;
        }
        Arrays.sort(byFrequency);
        for (int termId = 0; termId < termCount(); termId++) {
            slotCount += isSlot(termId, blockCount) ? 1 : 0;
        }
        rareCount = termCount() - slotCount;
        int groupCount = RecordLayout.of(slotCount, rareCount, Integer.BYTES).groupCount();
        int slotRank = 0;
        int rareRank = 0;
        long[] byKey = new long[termCount()];
        for (int i = 0; i < byKey.length; i++) {
            int termId = (int) byFrequency[i];
            long order;
            if (isSlot(termId, blockCount)) {
                int slot = slotRank % groupCount * RecordLayout.GROUP_SLOTS + slotRank / groupCount;
                slotRank++;
                recordKeys[termId] = slot;
                order = slot;
            } else {
                int ordinal = rareRank++;
                recordKeys[termId] = ~ordinal;
                order = (1L << 62) + ((long) RecordLayout.bucket(ordinal) << 32) + ordinal;
            }
            byKey[i] = order;
            byFrequency[i] = termId;
        }
        return sortedBy(byKey, byFrequency);
    }

    /** How records are laid out, offsets as narrow as the fullest block allows. */
    RecordLayout layout(int fullestBlock) {
        RecordLayout narrow = RecordLayout.of(slotCount, rareCount, Short.BYTES);
        long most = RecordEncoder.mostBytes(narrow, fullestBlock);
        return most <= RecordLayout.MAX_NARROW_RECORD_BYTES
                ? narrow
                : RecordLayout.of(slotCount, rareCount, Integer.BYTES);
    }

    void write(int blockShift, int documentCount, RecordLayout layout, OutputStream out) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(BlockTermsLayout.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(BlockTermsLayout.BLOCK_SHIFT_OFFSET, blockShift)
                .putInt(BlockTermsLayout.DOCUMENT_COUNT_OFFSET, documentCount)
                .putInt(BlockTermsLayout.TERM_COUNT_OFFSET, termCount())
                .putInt(BlockTermsLayout.SLOT_COUNT_OFFSET, slotCount)
                .putInt(BlockTermsLayout.RARE_COUNT_OFFSET, rareCount)
                .putInt(BlockTermsLayout.OFFSET_WIDTH_OFFSET, layout.offsetBytes());
        out.write(header.array());
        ByteBuffer entry = ByteBuffer.allocate(BlockTermLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int termId = 0; termId < termCount(); termId++) {
            entry.putLong(BlockTermLayout.BOUNDS_OFFSET_OFFSET, boundsOffsets[termId])
                    .putInt(BlockTermLayout.BLOCK_COUNT_OFFSET, blockCounts[termId])
                    .putInt(BlockTermLayout.RECORD_KEY_OFFSET, recordKeys[termId])
                    .putInt(BlockTermLayout.BOUNDS_KIND_OFFSET, boundsKinds[termId].code());
            out.write(entry.array());
        }
    }

    private boolean isSlot(int termId, int blockCount) {
        long saved = 2L * postingCounts[termId] - blockCounts[termId];
        return saved > SLOT_BYTES_PER_RECORD * blockCount;
    }

    private static int[] sortedBy(long[] keys, long[] values) {
        Integer[] order = new Integer[keys.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(keys[a], keys[b]));
        int[] sorted = new int[keys.length];
        Arrays.setAll(sorted, i -> (int) values[order[i]]);
        return sorted;
    }
}
