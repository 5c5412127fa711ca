package io.skiff.scoring;

import io.skiff.index.blockmax.DenseBoundsLayout;
import java.lang.foreign.MemorySegment;

/** The specification: one term after the other, one block at a time. */
class ScalarBlockMaxKernels implements BlockMaxKernels {
    @Override
    public final void addDense(MemorySegment bounds, DensePass pass, MemorySegment sums, int firstGroup, int endGroup) {
        for (int term = 0; term < pass.count; term++) {
            pass.maximaOffsets[term] = addTerm(
                    bounds,
                    pass.presenceOffsets[term],
                    pass.maximaOffsets[term],
                    pass.multipliers[term],
                    pass.shifts[term],
                    sums,
                    firstGroup,
                    endGroup);
        }
    }

    /** Adds one term's bounds of a range of groups; returns where its maxima behind the range begin. */
    long addTerm(
            MemorySegment bounds,
            long presenceOffset,
            long maximaOffset,
            int multiplier,
            int shift,
            MemorySegment sums,
            int firstGroup,
            int endGroup) {
        int up = (1 << shift) - 1;
        long next = maximaOffset;
        for (int group = firstGroup; group < endGroup; group++) {
            long first = (long) group * DenseBoundsLayout.GROUP_BLOCKS;
            long presence = bounds.get(LittleEndian.LONG, presenceOffset + (long) group * Long.BYTES);
            for (; presence != 0; presence &= presence - 1) {
                int maximum = bounds.get(LittleEndian.BYTE, next++) & 0xFF;
                int block = DenseBoundsLayout.blockOfBit(Long.numberOfTrailingZeros(presence));
                long at = (first + block) * Short.BYTES;
                int bound = (multiplier * maximum + up) >>> shift;
                sums.set(LittleEndian.SHORT, at, (short) (sums.get(LittleEndian.SHORT, at) + bound));
            }
        }
        return next;
    }

    @Override
    public final void largestOfGroups(MemorySegment sums, int firstGroup, int endGroup, short[] largest) {
        for (int group = firstGroup; group < endGroup; group++) {
            long at = (long) group * DenseBoundsLayout.GROUP_BLOCKS * Short.BYTES;
            short max = 0;
            for (int i = 0; i < DenseBoundsLayout.GROUP_BLOCKS; i++, at += Short.BYTES) {
                max = (short) Math.max(max, sums.get(LittleEndian.SHORT, at));
            }
            largest[group] = max;
        }
    }

    @Override
    public final int collect(MemorySegment sums, short[] largest, int groupCount, int low, int high, int[] blocks) {
        int count = 0;
        for (int group = 0; group < groupCount; group++) {
            if (largest[group] < low) {
                continue;
            }
            int first = group * DenseBoundsLayout.GROUP_BLOCKS;
            for (int block = first; block < first + DenseBoundsLayout.GROUP_BLOCKS; block++) {
                short sum = sums.get(LittleEndian.SHORT, (long) block * Short.BYTES);
                if (sum >= low && sum <= high) {
                    blocks[count++] = block;
                }
            }
        }
        return count;
    }
}
