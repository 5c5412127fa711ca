package io.skiff.scoring;

import io.skiff.index.blockmax.DenseBoundsLayout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A group of 64 blocks to a register of 512 bits, for machines that expand bytes by a mask (AVX-512 VBMI2).
 *
 * <p>Vectors that live across iterations are only ever arguments, never receivers, and none is in a signature: otherwise
 * C2 may keep them on the heap.
 */
final class Simd512BlockMaxKernels implements BlockMaxKernels {
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int HALF = 32 * Short.BYTES;
    private static final int GROUP = 2 * HALF;

    @Override
    public void addDense(MemorySegment bounds, DensePass pass, MemorySegment sums, int firstGroup, int endGroup) {
        for (int term = 0; term < pass.count; term += pass.groupSizes[term]) {
            if (pass.groupSizes[term] == DensePass.FOUR) {
                addFour(bounds, pass, term, sums, firstGroup, endGroup);
            } else {
                addOne(bounds, pass, term, sums, firstGroup, endGroup);
            }
        }
    }

    private static void addOne(
            MemorySegment bounds, DensePass pass, int term, MemorySegment sums, int firstGroup, int endGroup) {
        long presence = pass.presenceOffsets[term];
        long next = pass.maximaOffsets[term];
        short multiplier = (short) pass.multipliers[term];
        int shift = pass.shifts[term];
        short up = (short) ((1 << shift) - 1);
        for (int group = firstGroup; group < endGroup; group++) {
            long present = bounds.get(LittleEndian.LONG, presence + (long) group * Long.BYTES);
            long at = (long) group * GROUP;
            ShortVector maxima = ByteVector.fromMemorySegment(BYTES, bounds, next, ORDER)
                    .expand(VectorMask.fromLong(BYTES, present))
                    .reinterpretAsShorts();
            next += Long.bitCount(present);
            ShortVector low = maxima.and((short) 0xFF)
                    .mul(multiplier)
                    .add(up)
                    .lanewise(VectorOperators.LSHR, shift)
                    .add(ShortVector.fromMemorySegment(SHORTS, sums, at, ORDER));
            low.intoMemorySegment(sums, at, ORDER);
            ShortVector high = maxima.lanewise(VectorOperators.LSHR, Byte.SIZE)
                    .mul(multiplier)
                    .add(up)
                    .lanewise(VectorOperators.LSHR, shift)
                    .add(ShortVector.fromMemorySegment(SHORTS, sums, at + HALF, ORDER));
            high.intoMemorySegment(sums, at + HALF, ORDER);
        }
        pass.maximaOffsets[term] = next;
    }

    /**
     * Four terms at once: as many streams as the prefetcher follows, and a quarter of the traffic to the sums.
     *
     * <p>A lane x of 16 bits is two maxima, high x 256 + low. The products of the low ones are not computed from them:
     * modulo 2^16, multiplier x low = multiplier x x - 256 x (multiplier x high), which saves an AND for each term.
     */
    private static void addFour(
            MemorySegment bounds, DensePass pass, int term, MemorySegment sums, int firstGroup, int endGroup) {
        long presence0 = pass.presenceOffsets[term];
        long presence1 = pass.presenceOffsets[term + 1];
        long presence2 = pass.presenceOffsets[term + 2];
        long presence3 = pass.presenceOffsets[term + 3];
        long next0 = pass.maximaOffsets[term];
        long next1 = pass.maximaOffsets[term + 1];
        long next2 = pass.maximaOffsets[term + 2];
        long next3 = pass.maximaOffsets[term + 3];
        short multiplier0 = (short) pass.multipliers[term];
        short multiplier1 = (short) pass.multipliers[term + 1];
        short multiplier2 = (short) pass.multipliers[term + 2];
        short multiplier3 = (short) pass.multipliers[term + 3];
        int shift = pass.shifts[term];
        short up = (short) ((1 << shift) - 1);
        for (int group = firstGroup; group < endGroup; group++) {
            long word = (long) group * Long.BYTES;
            long present0 = bounds.get(LittleEndian.LONG, presence0 + word);
            long present1 = bounds.get(LittleEndian.LONG, presence1 + word);
            long present2 = bounds.get(LittleEndian.LONG, presence2 + word);
            long present3 = bounds.get(LittleEndian.LONG, presence3 + word);
            ShortVector maxima0 = ByteVector.fromMemorySegment(BYTES, bounds, next0, ORDER)
                    .expand(VectorMask.fromLong(BYTES, present0))
                    .reinterpretAsShorts();
            ShortVector maxima1 = ByteVector.fromMemorySegment(BYTES, bounds, next1, ORDER)
                    .expand(VectorMask.fromLong(BYTES, present1))
                    .reinterpretAsShorts();
            ShortVector maxima2 = ByteVector.fromMemorySegment(BYTES, bounds, next2, ORDER)
                    .expand(VectorMask.fromLong(BYTES, present2))
                    .reinterpretAsShorts();
            ShortVector maxima3 = ByteVector.fromMemorySegment(BYTES, bounds, next3, ORDER)
                    .expand(VectorMask.fromLong(BYTES, present3))
                    .reinterpretAsShorts();
            next0 += Long.bitCount(present0);
            next1 += Long.bitCount(present1);
            next2 += Long.bitCount(present2);
            next3 += Long.bitCount(present3);
            ShortVector high = maxima0.lanewise(VectorOperators.LSHR, Byte.SIZE)
                    .mul(multiplier0)
                    .add(maxima1.lanewise(VectorOperators.LSHR, Byte.SIZE).mul(multiplier1))
                    .add(maxima2.lanewise(VectorOperators.LSHR, Byte.SIZE)
                            .mul(multiplier2)
                            .add(maxima3.lanewise(VectorOperators.LSHR, Byte.SIZE)
                                    .mul(multiplier3)));
            ShortVector low = maxima0.mul(multiplier0)
                    .add(maxima1.mul(multiplier1))
                    .add(maxima2.mul(multiplier2).add(maxima3.mul(multiplier3)))
                    .sub(high.lanewise(VectorOperators.LSHL, Byte.SIZE));
            long at = (long) group * GROUP;
            low.add(up)
                    .lanewise(VectorOperators.LSHR, shift)
                    .add(ShortVector.fromMemorySegment(SHORTS, sums, at, ORDER))
                    .intoMemorySegment(sums, at, ORDER);
            high.add(up)
                    .lanewise(VectorOperators.LSHR, shift)
                    .add(ShortVector.fromMemorySegment(SHORTS, sums, at + HALF, ORDER))
                    .intoMemorySegment(sums, at + HALF, ORDER);
        }
        pass.move(term, next0, next1, next2, next3);
    }

    @Override
    public void largestOfGroups(MemorySegment sums, int firstGroup, int endGroup, short[] largest) {
        for (int group = firstGroup; group < endGroup; group++) {
            long at = (long) group * GROUP;
            largest[group] = ShortVector.fromMemorySegment(SHORTS, sums, at, ORDER)
                    .max(ShortVector.fromMemorySegment(SHORTS, sums, at + HALF, ORDER))
                    .reduceLanes(VectorOperators.MAX);
        }
    }

    @Override
    public int collect(MemorySegment sums, short[] largest, int groupCount, int low, int high, int[] blocks) {
        int count = 0;
        for (int group = 0; group < groupCount; group++) {
            if (largest[group] < low) {
                continue;
            }
            long at = (long) group * GROUP;
            long inLower = ShortVector.fromMemorySegment(SHORTS, sums, at, ORDER)
                    .compare(VectorOperators.GE, (short) low)
                    .toLong();
            long inUpper = ShortVector.fromMemorySegment(SHORTS, sums, at + HALF, ORDER)
                    .compare(VectorOperators.GE, (short) low)
                    .toLong();
            int first = group * DenseBoundsLayout.GROUP_BLOCKS;
            for (long rest = inUpper << 32 | inLower; rest != 0; rest &= rest - 1) {
                int block = first + Long.numberOfTrailingZeros(rest);
                blocks[count] = block;
                count += sums.get(LittleEndian.SHORT, (long) block * Short.BYTES) <= high ? 1 : 0;
            }
        }
        return count;
    }
}
