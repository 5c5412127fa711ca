package io.skiff.index.blockmax;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The largest impact of one term in each block, and the bytes that say so. One per thread, used again for every term. */
public final class BoundsEncoder {
    /**
     * Share of blocks from which bounds are dense. A pass over dense bounds takes as long as the scatter of this many
     * pairs, and above an eighth dense bounds are smaller too.
     */
    private static final double DENSE_SHARE = 1 / 24.0;

    private final int blockCount;
    private final int blockShift;
    private int[] blocks = {};
    private byte[] maxima = {};
    private int count;
    private int gapPairs;
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);

    BoundsEncoder(int blockCount, int blockShift) {
        this.blockCount = blockCount;
        this.blockShift = blockShift;
    }

    /** Encodes the bounds of a term with these postings, docIds ascending; returns their length. */
    public int encode(int[] docIds, byte[] impacts, int postingCount) {
        collect(docIds, impacts, postingCount);
        countGapPairs();
        buffer.clear();
        long bytes = switch (kind()) {
            case DENSE -> DenseBoundsLayout.bytes(blockCount, count);
            case GAPS -> (long) gapPairs * GapBoundsLayout.BYTES;
            case LIST -> (long) count * ListBoundsLayout.BYTES;
        };
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
        }
        switch (kind()) {
            case DENSE -> putDense();
            case GAPS -> putGaps();
            case LIST -> putList();
        }
        return buffer.position();
    }

    /** What was encoded last, from 0. */
    public byte[] bytes() {
        return buffer.array();
    }

    /** How it was encoded. */
    public BoundsKind kind() {
        if (count >= blockCount * DENSE_SHARE) {
            return BoundsKind.DENSE;
        }
        return gapPairs * GapBoundsLayout.BYTES <= count * ListBoundsLayout.BYTES ? BoundsKind.GAPS : BoundsKind.LIST;
    }

    private void collect(int[] docIds, byte[] impacts, int postingCount) {
        int most = Math.min(blockCount, postingCount);
        if (blocks.length < most) {
            blocks = new int[most];
            maxima = new byte[most];
        }
        count = 0;
        int previous = -1;
        for (int i = 0; i < postingCount; i++) {
            int block = docIds[i] >>> blockShift;
            if (block != previous) {
                blocks[count] = block;
                maxima[count++] = impacts[i];
                previous = block;
            } else if (Byte.compareUnsigned(impacts[i], maxima[count - 1]) > 0) {
                maxima[count - 1] = impacts[i];
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
        byte[] ofGroup = new byte[DenseBoundsLayout.GROUP_BLOCKS];
        int next = 0;
        int position = (int) DenseBoundsLayout.maximaOffset(blockCount);
        for (int group = 0; group < groupCount; group++) {
            int first = group * DenseBoundsLayout.GROUP_BLOCKS;
            long presence = 0;
            while (next < count && blocks[next] < first + DenseBoundsLayout.GROUP_BLOCKS) {
                int bit = DenseBoundsLayout.bit(blocks[next]);
                presence |= 1L << bit;
                ofGroup[bit] = maxima[next++];
            }
            buffer.putLong(group * Long.BYTES, presence);
            for (long rest = presence; rest != 0; rest &= rest - 1) {
                buffer.put(position++, ofGroup[Long.numberOfTrailingZeros(rest)]);
            }
        }
        buffer.position(position);
    }

    private void putGaps() {
        int previous = 0;
        for (int i = 0; i < count; i++) {
            GapBoundsLayout.put(buffer, blocks[i] - previous, maxima[i]);
            previous = blocks[i];
        }
    }

    private void putList() {
        for (int i = 0; i < count; i++) {
            int maximum = maxima[i] & ListBoundsLayout.MAXIMUM_MASK;
            buffer.putInt(blocks[i] << ListBoundsLayout.BLOCK_SHIFT | maximum);
        }
    }
}
