package io.skiff.scoring;

import io.skiff.index.blockmax.DenseBoundsLayout;
import java.lang.foreign.MemorySegment;

/**
 * Four blocks to a 64-bit word, for machines with a fast {@link Long#expand} (PDEP of x86) but no byte expansion over
 * 512 bits.
 *
 * <p>A byte of a presence word spreads the next maxima over 8 lanes; the even ones are four consecutive blocks, the odd
 * ones four others. Lanes of 16 bits cannot carry into each other: {@code 255 * 255 + 255} fits, and so do the sums.
 */
final class SwarBlockMaxKernels extends ScalarBlockMaxKernels {
    private static final long EVEN_BYTES = 0x00FF00FF00FF00FFL;
    private static final long LANES = 0x0001000100010001L;
    private static final long[] LANE_MASKS = laneMasks();

    @Override
    long addTerm(
            MemorySegment bounds,
            long presenceOffset,
            long maximaOffset,
            int multiplier,
            int shift,
            MemorySegment sums,
            int firstGroup,
            int endGroup) {
        long up = LANES * ((1 << shift) - 1);
        long kept = LANES * (0xFFFF >>> shift);
        long next = maximaOffset;
        for (int group = firstGroup; group < endGroup; group++) {
            long presence = bounds.get(LittleEndian.LONG, presenceOffset + (long) group * Long.BYTES);
            long at = (long) group * DenseBoundsLayout.GROUP_BLOCKS * Short.BYTES;
            for (; presence != 0; presence >>>= Byte.SIZE, at += Long.BYTES) {
                int present = (int) presence & 0xFF;
                long maxima = Long.expand(bounds.get(LittleEndian.LONG, next), LANE_MASKS[present]);
                next += Integer.bitCount(present);
                long low = (((maxima & EVEN_BYTES) * multiplier + up) >>> shift) & kept;
                long high = (((maxima >>> Byte.SIZE & EVEN_BYTES) * multiplier + up) >>> shift) & kept;
                long upper = at + Long.SIZE;
                sums.set(LittleEndian.LONG, at, sums.get(LittleEndian.LONG, at) + low);
                sums.set(LittleEndian.LONG, upper, sums.get(LittleEndian.LONG, upper) + high);
            }
        }
        return next;
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
