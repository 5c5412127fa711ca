package io.skiff.scoring;

import io.skiff.index.blockmax.DenseBoundsLayout;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The specification: one block at a time. */
class ScalarBlockMaxKernels implements BlockMaxKernels {
    @Override
    public final void addDense(MemorySegment bounds, DensePass pass, MemorySegment sums, int firstGroup, int endGroup) {
        for (int term = 0, end; term < pass.count; term = end) {
            end = term + pass.groupSizes[term];
            addTerms(bounds, pass, term, end, sums, firstGroup, endGroup);
        }
    }

    /** Adds the bounds of terms that share a shift, and moves behind the groups in them. */
    void addTerms(
            MemorySegment bounds,
            DensePass pass,
            int firstTerm,
            int endTerm,
            MemorySegment sums,
            int firstGroup,
            int endGroup) {
        int shift = pass.shifts[firstTerm];
        int up = (1 << shift) - 1;
        int[] products = pass.products;
        for (int group = firstGroup; group < endGroup; group++) {
            Arrays.fill(products, 0);
            for (int term = firstTerm; term < endTerm; term++) {
                addProducts(bounds, pass, term, group, products);
            }
            long at = (long) group * DenseBoundsLayout.GROUP_BLOCKS * Short.BYTES;
            for (int block = 0; block < DenseBoundsLayout.GROUP_BLOCKS; block++, at += Short.BYTES) {
                int bound = (products[block] + up) >>> shift;
                sums.set(LittleEndian.SHORT, at, (short) (sums.get(LittleEndian.SHORT, at) + bound));
            }
        }
    }

    private static void addProducts(MemorySegment bounds, DensePass pass, int term, int group, int[] products) {
        long next = pass.maximaOffsets[term];
        long presence = bounds.get(LittleEndian.LONG, pass.presenceOffsets[term] + (long) group * Long.BYTES);
        for (; presence != 0; presence &= presence - 1) {
            int maximum = bounds.get(LittleEndian.BYTE, next++) & 0xFF;
            int block = DenseBoundsLayout.blockOfBit(Long.numberOfTrailingZeros(presence));
            products[block] += pass.multipliers[term] * maximum;
        }
        pass.maximaOffsets[term] = next;
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
