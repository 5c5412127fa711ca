package io.skiff.index.blockmax;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Walks over the blocks that have a term, ascending, with the largest impact in each; in whichever of the three forms
 * the bounds are. For checks and exports, not for searching.
 *
 * <p>Allocates nothing; one per thread, used again for every term. Over damaged bounds it ends, or throws {@link
 * IndexOutOfBoundsException}.
 */
public final class BoundsCursor {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private BlockMaxReader blocks;
    private MemorySegment bounds;
    private BoundsKind kind;
    private long start;
    private long position;
    private long end;
    private int group;
    private long presence;
    private int block;
    private int maximum;

    /** Unpositioned. */
    public BoundsCursor() {}

    /** Moves before the first block of a term. */
    public void reset(BlockMaxReader reader, int termId) {
        blocks = reader;
        bounds = reader.bounds();
        kind = reader.boundsKind(termId);
        start = reader.boundsOffset(termId);
        end = reader.boundsEnd(termId);
        position = kind == BoundsKind.DENSE ? start + DenseBoundsLayout.maximaOffset(reader.blockCount()) : start;
        group = -1;
        presence = 0;
        block = 0;
    }

    /** Moves to the next block; false when there is none. */
    public boolean next() {
        return switch (kind) {
            case DENSE -> nextDense();
            case GAPS -> nextGap();
            case LIST -> nextOfList();
        };
    }

    private boolean nextDense() {
        while (presence == 0) {
            if (++group >= DenseBoundsLayout.groupCount(blocks.blockCount())) {
                return false;
            }
            presence = inBlockOrder(bounds.get(LONG, start + (long) group * Long.BYTES));
        }
        int inGroup = Long.numberOfTrailingZeros(presence);
        presence &= presence - 1;
        block = group * DenseBoundsLayout.GROUP_BLOCKS + inGroup;
        // Maxima are in the order of bits, which is not that of blocks.
        long word = bounds.get(LONG, start + (long) group * Long.BYTES);
        long before = word & ((1L << DenseBoundsLayout.bit(block)) - 1);
        maximum = bounds.get(BYTE, position + Long.bitCount(before)) & 0xFF;
        if (presence == 0) {
            position += Long.bitCount(word);
        }
        return true;
    }

    private static long inBlockOrder(long word) {
        long ordered = 0;
        for (long rest = word; rest != 0; rest &= rest - 1) {
            ordered |= 1L << DenseBoundsLayout.blockOfBit(Long.numberOfTrailingZeros(rest));
        }
        return ordered;
    }

    private boolean nextGap() {
        do {
            if (position >= end) {
                return false;
            }
            block += bounds.get(BYTE, position + GapBoundsLayout.GAP_OFFSET) & 0xFF;
            maximum = bounds.get(BYTE, position + GapBoundsLayout.MAXIMUM_OFFSET) & 0xFF;
            position += GapBoundsLayout.BYTES;
        } while (maximum == 0);
        return true;
    }

    private boolean nextOfList() {
        if (position >= end) {
            return false;
        }
        int entry = bounds.get(INT, position);
        block = entry >>> ListBoundsLayout.BLOCK_SHIFT;
        maximum = entry & ListBoundsLayout.MAXIMUM_MASK;
        position += ListBoundsLayout.BYTES;
        return true;
    }

    /** The block. */
    public int block() {
        return block;
    }

    /** The largest impact of the term in the block, 1..255. */
    public int maximum() {
        return maximum;
    }
}
