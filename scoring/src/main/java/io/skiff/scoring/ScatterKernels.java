package io.skiff.scoring;

import io.skiff.index.blockmax.GapBoundsLayout;
import io.skiff.index.blockmax.ListBoundsLayout;
import java.lang.foreign.MemorySegment;

/** Bounds of terms that few blocks have. Scalar everywhere: gather and scatter are no faster. */
final class ScatterKernels {
    private static final int FOUR_BYTES = 4 * GapBoundsLayout.BYTES;

    private ScatterKernels() {}

    /** Adds to the sums of blocks {@code firstBlock..endBlock}, exclusive; the sum of the first is at the start. */
    static void addGaps(
            MemorySegment bounds,
            long start,
            long end,
            int multiplier,
            int shift,
            MemorySegment sums,
            int firstBlock,
            int endBlock) {
        int up = (1 << shift) - 1;
        int block = -firstBlock;
        int count = endBlock - firstBlock;
        long position = start;
        if (block == 0) {
            // Four at a time: one load and one check for all, and sums that do not wait for each other.
            for (; position <= end - FOUR_BYTES; position += FOUR_BYTES) {
                long four = bounds.get(LittleEndian.LONG, position);
                int block0 = block + ((int) four & 0xFF);
                int block1 = block0 + ((int) (four >>> 16) & 0xFF);
                int block2 = block1 + ((int) (four >>> 32) & 0xFF);
                int block3 = block2 + ((int) (four >>> 48) & 0xFF);
                if (block3 >= count) {
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
            block += pair & 0xFF;
            if (block >= count) {
                return;
            }
            if (block >= 0) {
                add(sums, block, (multiplier * (pair >>> Byte.SIZE) + up) >>> shift);
            }
        }
    }

    /** The same for a list. */
    static void addList(
            MemorySegment bounds,
            long start,
            long end,
            int multiplier,
            int shift,
            MemorySegment sums,
            int firstBlock,
            int endBlock) {
        int up = (1 << shift) - 1;
        for (long position = start; position < end; position += ListBoundsLayout.BYTES) {
            int entry = bounds.get(LittleEndian.INT, position);
            int block = entry >>> ListBoundsLayout.BLOCK_SHIFT;
            if (block >= endBlock) {
                return;
            }
            if (block >= firstBlock) {
                int maximum = entry & ListBoundsLayout.MAXIMUM_MASK;
                add(sums, block - firstBlock, (multiplier * maximum + up) >>> shift);
            }
        }
    }

    private static void add(MemorySegment sums, int block, int bound) {
        long at = (long) block * Short.BYTES;
        sums.set(LittleEndian.SHORT, at, (short) (sums.get(LittleEndian.SHORT, at) + bound));
    }
}
