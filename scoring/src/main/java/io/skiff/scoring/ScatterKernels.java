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
            for (; position <= end - FOUR_BYTES; position += FOUR_BYTES) {
                long four = bounds.get(LittleEndian.LONG, position);
                int block0 = block + ((int) four & 0xFF);
                int block1 = block0 + ((int) (four >>> 16) & 0xFF);
                int block2 = block1 + ((int) (four >>> 32) & 0xFF);
                int block3 = block2 + ((int) (four >>> 48) & 0xFF);
                if (block3 >= endBlock) {
                    break;
                }
                add(sums, block0, (multiplier * ((int) (four >>> 8) & 0xFF) + up) >>> shift);
                add(sums, block1, (multiplier * ((int) (four >>> 24) & 0xFF) + up) >>> shift);
                add(sums, block2, (multiplier * ((int) (four >>> 40) & 0xFF) + up) >>> shift);
                add(sums, block3, (multiplier * (int) (four >>> 56) + up) >>> shift);
                block = block3;
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
        long at = (long) block * Short.BYTES;
        sums.set(LittleEndian.SHORT, at, (short) (sums.get(LittleEndian.SHORT, at) + bound));
    }
}
