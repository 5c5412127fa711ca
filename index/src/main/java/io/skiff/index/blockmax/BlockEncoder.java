package io.skiff.index.blockmax;

import java.util.Arrays;

/** Collects the postings of one block after the other and encodes their records. One per thread. */
public final class BlockEncoder {
    private static final int DIGIT_BITS = 8;
    private static final int DIGITS = 1 << DIGIT_BITS;
    /** Blocks of fewer postings are sorted faster by comparing. */
    private static final int RADIX_SORTED = 128;

    private final int[] ranks;
    private final int rankBits;
    private final RecordEncoder encoder;
    private final int[] starts = new int[DIGITS];
    private long[] entries;
    private long[] sorted;
    private int count;

    BlockEncoder(int[] ranks, RecordEncoder encoder, int fullestBlock) {
        this.ranks = ranks;
        this.rankBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, ranks.length - 1));
        this.encoder = encoder;
        this.entries = new long[fullestBlock];
        this.sorted = new long[fullestBlock];
    }

    /** Adds a posting to the block; documents, counted from the block's first, ascend. */
    public void add(int termId, int localDocument, int impact) {
        entries[count++] = BlockEntry.of(ranks[termId], localDocument, impact);
    }

    /** Encodes the block, whose record is then {@link #bytes} up to the length returned, and starts the next. */
    public int encode() {
        sort();
        int length = encoder.encode(entries, 0, count);
        count = 0;
        return length;
    }

    /** The last record. */
    public byte[] bytes() {
        return encoder.bytes();
    }

    /** By rank, keeping the order of documents: a radix sort of the rank's digits from the lowest. */
    private void sort() {
        if (count < RADIX_SORTED) {
            Arrays.sort(entries, 0, count);
            return;
        }
        for (int bit = 0; bit < rankBits; bit += DIGIT_BITS) {
            int shift = BlockEntry.RANK_SHIFT + bit;
            Arrays.fill(starts, 0);
            for (int i = 0; i < count; i++) {
                starts[(int) (entries[i] >>> shift) & (DIGITS - 1)]++;
            }
            int next = 0;
            for (int digit = 0; digit < DIGITS; digit++) {
                int size = starts[digit];
                starts[digit] = next;
                next += size;
            }
            for (int i = 0; i < count; i++) {
                sorted[starts[(int) (entries[i] >>> shift) & (DIGITS - 1)]++] = entries[i];
            }
            long[] before = entries;
            entries = sorted;
            sorted = before;
        }
    }
}
