package io.skiff.scoring;

import io.skiff.index.blockmax.GapBoundsLayout;
import io.skiff.index.blockmax.ListBoundsLayout;
import java.lang.foreign.MemorySegment;

/** Bounds of terms that few blocks have. Scalar everywhere: gather and scatter are no faster. */
final class ScatterKernels {
    private static final int FOUR_BYTES = 4 * GapBoundsLayout.BYTES;

    private ScatterKernels() {}

    /** Adds to the sums what a term has before {@code endBlock}, from where it has come to. */
    static void addGaps(MemorySegment bounds, SparsePass pass, int term, MemorySegment sums, int endBlock) {
        int multiplier = pass.multipliers[term];
        int shift = pass.shifts[term];
        int up = (1 << shift) - 1;
        int block = pass.blocks[term];
        long position = pass.positions[term];
        long end = pass.ends[term];
        if (block >= 0) {
            // Four at a time: one load and one check for all, and sums that do not wait for each other.
            long ups = SwarBlockMaxKernels.LANES * up;
            long kept = SwarBlockMaxKernels.LANES * (0xFFFF >>> shift);
            for (; position <= end - FOUR_BYTES; position += FOUR_BYTES) {
                long four = bounds.get(LittleEndian.LONG, position);
                // In lanes of 16 bits: how far the sums of four blocks are behind that of the one before, and their
                // bounds.
                long distances = (four & SwarBlockMaxKernels.EVEN_BYTES) * (SwarBlockMaxKernels.LANES * Short.BYTES);
                int last = block + (int) (distances >>> 49);
                if (last >= endBlock) {
                    break;
                }
                long added =
                        (((four >>> Byte.SIZE & SwarBlockMaxKernels.EVEN_BYTES) * multiplier + ups) >>> shift) & kept;
                long at = (long) block * Short.BYTES;
                addAt(sums, at + (distances & 0xFFFF), (int) added);
                addAt(sums, at + (distances >>> 16 & 0xFFFF), (int) (added >>> 16));
                addAt(sums, at + (distances >>> 32 & 0xFFFF), (int) (added >>> 32));
                addAt(sums, at + (distances >>> 48), (int) (added >>> 48));
                block = last;
            }
        }
        for (; position < end; position += GapBoundsLayout.BYTES) {
            int pair = bounds.get(LittleEndian.SHORT, position) & 0xFFFF;
            int next = block + (pair & 0xFF);
            if (next >= endBlock) {
                break;
            }
            if (next >= 0) {
                add(sums, next, (multiplier * (pair >>> Byte.SIZE) + up) >>> shift);
            }
            block = next;
        }
        pass.positions[term] = position;
        pass.blocks[term] = block;
    }

    /** The same for a list. */
    static void addList(MemorySegment bounds, SparsePass pass, int term, MemorySegment sums, int endBlock) {
        int multiplier = pass.multipliers[term];
        int shift = pass.shifts[term];
        int up = (1 << shift) - 1;
        long position = pass.positions[term];
        for (; position < pass.ends[term]; position += ListBoundsLayout.BYTES) {
            int entry = bounds.get(LittleEndian.INT, position);
            int block = (entry >>> ListBoundsLayout.BLOCK_SHIFT) - pass.firstBlock;
            if (block >= endBlock) {
                break;
            }
            if (block >= 0) {
                add(sums, block, (multiplier * (entry & ListBoundsLayout.MAXIMUM_MASK) + up) >>> shift);
            }
        }
        pass.positions[term] = position;
    }

    private static void add(MemorySegment sums, int block, int bound) {
        addAt(sums, (long) block * Short.BYTES, bound);
    }

    private static void addAt(MemorySegment sums, long at, int bound) {
        sums.set(LittleEndian.SHORT, at, (short) (sums.get(LittleEndian.SHORT, at) + bound));
    }
}
