package io.skiff.scoring;

import io.skiff.index.blockmax.DenseBoundsLayout;
import java.lang.foreign.MemorySegment;

/**
 * Four blocks to a 64-bit word, for machines with a fast {@link Long#expand} (PDEP of x86) but no byte expansion over
 * 512 bits.
 *
 * <p>A byte of a presence word spreads the next maxima over 8 lanes; the even ones are four consecutive blocks, the odd
 * ones four others. Lanes of 16 bits cannot carry into each other: products and sums fit.
 */
final class SwarBlockMaxKernels extends ScalarBlockMaxKernels {
    static final long EVEN_BYTES = 0x00FF00FF00FF00FFL;
    static final long LANES = 0x0001000100010001L;
    private static final long[] LANE_MASKS = laneMasks();

    @Override
    void addTerms(
            MemorySegment bounds,
            DensePass pass,
            int firstTerm,
            int endTerm,
            MemorySegment sums,
            int firstGroup,
            int endGroup) {
        if (endTerm - firstTerm == DensePass.FOUR) {
            addFour(bounds, pass, firstTerm, sums, firstGroup, endGroup);
        } else {
            addOne(bounds, pass, firstTerm, sums, firstGroup, endGroup);
        }
    }

    private static void addOne(
            MemorySegment bounds, DensePass pass, int term, MemorySegment sums, int firstGroup, int endGroup) {
        int multiplier = pass.multipliers[term];
        int shift = pass.shifts[term];
        long up = LANES * ((1 << shift) - 1);
        long kept = LANES * (0xFFFF >>> shift);
        long next = pass.maximaOffsets[term];
        for (int group = firstGroup; group < endGroup; group++) {
            long presence = bounds.get(LittleEndian.LONG, pass.presenceOffsets[term] + (long) group * Long.BYTES);
            long at = (long) group * DenseBoundsLayout.GROUP_BLOCKS * Short.BYTES;
            for (; presence != 0; presence >>>= Byte.SIZE, at += Long.BYTES) {
                int present = (int) presence & 0xFF;
                long maxima = Long.expand(bounds.get(LittleEndian.LONG, next), LANE_MASKS[present]);
                next += Integer.bitCount(present);
                add(sums, at, (((maxima & EVEN_BYTES) * multiplier + up) >>> shift) & kept);
                add(sums, at + Long.SIZE, (((maxima >>> Byte.SIZE & EVEN_BYTES) * multiplier + up) >>> shift) & kept);
            }
        }
        pass.maximaOffsets[term] = next;
    }

    private static void addFour(
            MemorySegment bounds, DensePass pass, int term, MemorySegment sums, int firstGroup, int endGroup) {
        int shift = pass.shifts[term];
        long up = LANES * ((1 << shift) - 1);
        long kept = LANES * (0xFFFF >>> shift);
        for (int group = firstGroup; group < endGroup; group++) {
            long at = (long) group * DenseBoundsLayout.GROUP_BLOCKS * Short.BYTES;
            long word = (long) group * Long.BYTES;
            long presence0 = bounds.get(LittleEndian.LONG, pass.presenceOffsets[term] + word);
            long presence1 = bounds.get(LittleEndian.LONG, pass.presenceOffsets[term + 1] + word);
            long presence2 = bounds.get(LittleEndian.LONG, pass.presenceOffsets[term + 2] + word);
            long presence3 = bounds.get(LittleEndian.LONG, pass.presenceOffsets[term + 3] + word);
            long next0 = pass.maximaOffsets[term];
            long next1 = pass.maximaOffsets[term + 1];
            long next2 = pass.maximaOffsets[term + 2];
            long next3 = pass.maximaOffsets[term + 3];
            for (int shiftOut = 0; shiftOut < Long.SIZE; shiftOut += Byte.SIZE, at += Long.BYTES) {
                int present0 = (int) (presence0 >>> shiftOut) & 0xFF;
                int present1 = (int) (presence1 >>> shiftOut) & 0xFF;
                int present2 = (int) (presence2 >>> shiftOut) & 0xFF;
                int present3 = (int) (presence3 >>> shiftOut) & 0xFF;
                long maxima0 = Long.expand(bounds.get(LittleEndian.LONG, next0), LANE_MASKS[present0]);
                long maxima1 = Long.expand(bounds.get(LittleEndian.LONG, next1), LANE_MASKS[present1]);
                long maxima2 = Long.expand(bounds.get(LittleEndian.LONG, next2), LANE_MASKS[present2]);
                long maxima3 = Long.expand(bounds.get(LittleEndian.LONG, next3), LANE_MASKS[present3]);
                next0 += Integer.bitCount(present0);
                next1 += Integer.bitCount(present1);
                next2 += Integer.bitCount(present2);
                next3 += Integer.bitCount(present3);
                long low = (maxima0 & EVEN_BYTES) * pass.multipliers[term]
                        + (maxima1 & EVEN_BYTES) * pass.multipliers[term + 1]
                        + (maxima2 & EVEN_BYTES) * pass.multipliers[term + 2]
                        + (maxima3 & EVEN_BYTES) * pass.multipliers[term + 3];
                long high = (maxima0 >>> Byte.SIZE & EVEN_BYTES) * pass.multipliers[term]
                        + (maxima1 >>> Byte.SIZE & EVEN_BYTES) * pass.multipliers[term + 1]
                        + (maxima2 >>> Byte.SIZE & EVEN_BYTES) * pass.multipliers[term + 2]
                        + (maxima3 >>> Byte.SIZE & EVEN_BYTES) * pass.multipliers[term + 3];
                add(sums, at, ((low + up) >>> shift) & kept);
                add(sums, at + Long.SIZE, ((high + up) >>> shift) & kept);
            }
            pass.move(term, next0, next1, next2, next3);
        }
    }

    private static void add(MemorySegment sums, long at, long bounds) {
        sums.set(LittleEndian.LONG, at, sums.get(LittleEndian.LONG, at) + bounds);
    }

    /** Which bits of a word the lanes of present blocks are. */
    static long laneMask(int present) {
        return LANE_MASKS[present];
    }

    private static long[] laneMasks() {
        long[] masks = new long[256];
        for (int present = 0; present < masks.length; present++) {
            for (int lane = 0; lane < Byte.SIZE; lane++) {
                masks[present] |= ((present >>> lane & 1) * 0xFFL) << (lane * Byte.SIZE);
            }
        }
        return masks;
    }
}
