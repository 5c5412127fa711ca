package io.skiff.index.blockmax;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The largest impact of one term in each block, and the bytes that say so. Used again for every term. */
final class TermBounds {
    /**
     * Share of blocks from which bounds are dense. A pass over dense bounds takes as long as the scatter of this many
     * pairs, and above an eighth dense bounds are smaller too.
     */
    private static final double DENSE_SHARE = 1 / 24.0;

    private final int blockCount;
    private final byte[] maxima;
    private final int[] blocks;
    private int count;
    private int gapPairs;
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    TermBounds(int blockCount) {
        this.blockCount = blockCount;
        this.maxima = new byte[blockCount];
        this.blocks = new int[blockCount];
    }

    /**
     * Replaces the term by another.
     *
     * @param entryCounts the number of postings of each block, to which the term's are added
     * @return the number of the term's postings
     */
    int collect(PostingsSource postings, int termId, int blockShift, int[] entryCounts) {
        for (int i = 0; i < count; i++) {
            maxima[blocks[i]] = 0;
        }
        count = 0;
        int postingCount = 0;
        postings.reset(termId);
        while (postings.nextTier()) {
            byte impact = (byte) postings.impact();
            int tier = postings.count();
            postingCount += tier;
            for (int i = 0; i < tier; i++) {
                int block = postings.docId(i) >>> blockShift;
                entryCounts[block]++;
                if (maxima[block] == 0) { // tiers descend, so the first impact is the largest
                    maxima[block] = impact;
                    blocks[count++] = block;
                }
            }
        }
        sortBlocks();
        countGapPairs();
        return postingCount;
    }

    /** Blocks that have the term. */
    int count() {
        return count;
    }

    BoundsKind kind() {
        if (count >= blockCount * DENSE_SHARE) {
            return BoundsKind.DENSE;
        }
        return gapPairs * GapBoundsLayout.BYTES <= count * ListBoundsLayout.BYTES ? BoundsKind.GAPS : BoundsKind.LIST;
    }

    /** Writes the bounds; returns how many bytes they took. */
    int write(OutputStream out) throws IOException {
        BoundsKind kind = kind();
        long bytes = switch (kind) {
            case DENSE -> DenseBoundsLayout.bytes(blockCount, count);
            case GAPS -> (long) gapPairs * GapBoundsLayout.BYTES;
            case LIST -> (long) count * ListBoundsLayout.BYTES;
        };
        buffer.clear();
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
        }
        switch (kind) {
            case DENSE -> putDense();
            case GAPS -> putGaps();
            case LIST -> putList();
        }
        out.write(buffer.array(), 0, buffer.position());
        return buffer.position();
    }

    private void sortBlocks() {
        if (count < blockCount / 32) {
            Arrays.sort(blocks, 0, count);
            return;
        }
        count = 0;
        for (int block = 0; block < blockCount; block++) {
            if (maxima[block] != 0) {
                blocks[count++] = block;
            }
        }
    }

    private void countGapPairs() {
        gapPairs = count;
        int previous = 0;
        for (int i = 0; i < count; i++) {
            gapPairs += (blocks[i] - previous) / GapBoundsLayout.SKIP;
            previous = blocks[i];
        }
    }

    private void putDense() {
        int groupCount = DenseBoundsLayout.groupCount(blockCount);
        int next = 0;
        int position = (int) DenseBoundsLayout.maximaOffset(blockCount);
        for (int group = 0; group < groupCount; group++) {
            int first = group * DenseBoundsLayout.GROUP_BLOCKS;
            long presence = 0;
            while (next < count && blocks[next] < first + DenseBoundsLayout.GROUP_BLOCKS) {
                presence |= 1L << DenseBoundsLayout.bit(blocks[next++]);
            }
            buffer.putLong(group * Long.BYTES, presence);
            for (long rest = presence; rest != 0; rest &= rest - 1) {
                int block = first + DenseBoundsLayout.blockOfBit(Long.numberOfTrailingZeros(rest));
                buffer.put(position++, maxima[block]);
            }
        }
        buffer.position(position);
    }

    private void putGaps() {
        int previous = 0;
        for (int i = 0; i < count; i++) {
            int gap = blocks[i] - previous;
            for (; gap >= GapBoundsLayout.SKIP; gap -= GapBoundsLayout.SKIP) {
                buffer.put((byte) GapBoundsLayout.SKIP).put((byte) 0);
            }
            buffer.put((byte) gap).put(maxima[blocks[i]]);
            previous = blocks[i];
        }
    }

    private void putList() {
        for (int i = 0; i < count; i++) {
            int maximum = maxima[blocks[i]] & ListBoundsLayout.MAXIMUM_MASK;
            buffer.putInt(blocks[i] << ListBoundsLayout.BLOCK_SHIFT | maximum);
        }
    }
}
