package io.skiff.scoring;

import io.skiff.index.blockmax.GapBoundsLayout;
import io.skiff.index.blockmax.ListBoundsLayout;
import java.lang.foreign.MemorySegment;

/** Bounds of terms that few blocks have. Scalar everywhere: gather and scatter are no faster. */
final class ScatterKernels {
    private ScatterKernels() {}

    static void addGaps(MemorySegment bounds, long start, long end, int multiplier, int shift, MemorySegment sums) {
        int up = (1 << shift) - 1;
        long at = 0;
        for (long position = start; position < end; position += GapBoundsLayout.BYTES) {
            int pair = bounds.get(LittleEndian.SHORT, position) & 0xFFFF;
            at += (pair & 0xFFL) * Short.BYTES;
            int bound = (multiplier * (pair >>> Byte.SIZE) + up) >>> shift;
            sums.set(LittleEndian.SHORT, at, (short) (sums.get(LittleEndian.SHORT, at) + bound));
        }
    }

    static void addList(MemorySegment bounds, long start, long end, int multiplier, int shift, MemorySegment sums) {
        int up = (1 << shift) - 1;
        for (long position = start; position < end; position += ListBoundsLayout.BYTES) {
            int entry = bounds.get(LittleEndian.INT, position);
            long at = (long) (entry >>> ListBoundsLayout.BLOCK_SHIFT) * Short.BYTES;
            int bound = (multiplier * (entry & ListBoundsLayout.MAXIMUM_MASK) + up) >>> shift;
            sums.set(LittleEndian.SHORT, at, (short) (sums.get(LittleEndian.SHORT, at) + bound));
        }
    }
}
