package io.skiff.scoring;

import io.skiff.index.blockmax.DenseBoundsLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * For registers of 128 and 256 bits, on machines that cannot expand bytes by a mask over a register: maxima are spread in
 * scalar code over a scratch array first, some groups and four terms at a time, and then weighted and added up by register.
 * In one step the loads would wait for the narrower stores before them.
 *
 * <p>One class for each width, made as for {@link SimdKernels}, whose rules hold here too.
 */
final class SimdBlockMaxKernels implements BlockMaxKernels {
    /** Null only in this class itself, which has no instances. */
    private static final VectorSpecies<Byte> BYTES = SimdTemplate.speciesOf(MethodHandles.lookup());

    private static final VectorSpecies<Short> SHORTS = BYTES == null ? null : BYTES.withLanes(short.class);
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int REGISTER_BYTES = BYTES == null ? 0 : BYTES.length();
    private static final int GROUP_BLOCKS = DenseBoundsLayout.GROUP_BLOCKS;
    private static final int HALF = GROUP_BLOCKS / 2 * Short.BYTES;
    private static final int GROUP = 2 * HALF;

    /** Whether {@link Long#expand} is an instruction: PDEP of x86. */
    private static final boolean EXPANDS = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));

    private SimdBlockMaxKernels() {}

    /** Kernels for registers of {@code bits}, 128 or 256. */
    static BlockMaxKernels ofWidth(int bits) {
        return SimdTemplate.instantiate(
                BlockMaxKernels.class,
                SimdBlockMaxKernels.class,
                MethodHandles.lookup(),
                VectorSpecies.of(byte.class, VectorShape.forBitSize(bits)));
    }

    @Override
    public void addDense(MemorySegment bounds, DensePass pass, MemorySegment sums, int firstGroup, int endGroup) {
        for (int group = firstGroup; group < endGroup; group += DensePass.SPREAD_GROUPS) {
            int end = Math.min(endGroup, group + DensePass.SPREAD_GROUPS);
            for (int term = 0; term < pass.count; term += DensePass.FOUR) {
                int terms = Math.min(DensePass.FOUR, pass.count - term);
                for (int i = 0; i < terms; i++) {
                    if (pass.multipliers[term + i] == 0) {
                        continue; // Fills up a four, and its lanes, whatever they hold, count nothing.
                    }
                    spread(bounds, pass, term + i, pass.lanes[i], group, end);
                }
                if (terms == DensePass.FOUR) {
                    addFour(pass, term, sums, group, end);
                } else {
                    addOne(pass, term, pass.lanes[0], sums, group, end);
                }
            }
        }
    }

    /** Writes the maxima of a term in some groups, a byte for each block, 0 where it is not. */
    private static void spread(
            MemorySegment bounds, DensePass pass, int term, byte[] lanes, int firstGroup, int endGroup) {
        long presence = pass.presenceOffsets[term];
        pass.maximaOffsets[term] = EXPANDS
                ? expand(bounds, presence, pass.maximaOffsets[term], lanes, firstGroup, endGroup)
                : scatter(bounds, presence, pass.maximaOffsets[term], lanes, firstGroup, endGroup);
    }

    private static long expand(
            MemorySegment bounds, long presence, long maxima, byte[] lanes, int firstGroup, int endGroup) {
        long next = maxima;
        for (int group = firstGroup, at = 0; group < endGroup; group++) {
            long present = bounds.get(LittleEndian.LONG, presence + (long) group * Long.BYTES);
            for (int i = 0; i < Long.BYTES; i++, at += Long.BYTES, present >>>= Byte.SIZE) {
                int blocks = (int) present & 0xFF;
                long spread = Long.expand(bounds.get(LittleEndian.LONG, next), SwarBlockMaxKernels.laneMask(blocks));
                RecordKernels.LONG.set(lanes, at, spread);
                next += Integer.bitCount(blocks);
            }
        }
        return next;
    }

    private static long scatter(
            MemorySegment bounds, long presence, long maxima, byte[] lanes, int firstGroup, int endGroup) {
        long next = maxima;
        Arrays.fill(lanes, 0, (endGroup - firstGroup) * GROUP_BLOCKS, (byte) 0);
        for (int group = firstGroup, at = 0; group < endGroup; group++, at += GROUP_BLOCKS) {
            long present = bounds.get(LittleEndian.LONG, presence + (long) group * Long.BYTES);
            for (; present != 0; present &= present - 1) {
                lanes[at + Long.numberOfTrailingZeros(present)] = bounds.get(LittleEndian.BYTE, next++);
            }
        }
        return next;
    }

    private static void addOne(
            DensePass pass, int term, byte[] lanes, MemorySegment sums, int firstGroup, int endGroup) {
        short multiplier = (short) pass.multipliers[term];
        int shift = pass.shifts[term];
        short up = (short) ((1 << shift) - 1);
        int end = (endGroup - firstGroup) * GROUP_BLOCKS;
        for (int at = 0; at < end; at += REGISTER_BYTES) {
            long low = sumsOffset(firstGroup, at);
            ShortVector maxima = ByteVector.fromArray(BYTES, lanes, at).reinterpretAsShorts();
            maxima.and((short) 0xFF)
                    .mul(multiplier)
                    .add(up)
                    .lanewise(VectorOperators.LSHR, shift)
                    .add(ShortVector.fromMemorySegment(SHORTS, sums, low, ORDER))
                    .intoMemorySegment(sums, low, ORDER);
            maxima.lanewise(VectorOperators.LSHR, Byte.SIZE)
                    .mul(multiplier)
                    .add(up)
                    .lanewise(VectorOperators.LSHR, shift)
                    .add(ShortVector.fromMemorySegment(SHORTS, sums, low + HALF, ORDER))
                    .intoMemorySegment(sums, low + HALF, ORDER);
        }
    }

    private static void addFour(DensePass pass, int term, MemorySegment sums, int firstGroup, int endGroup) {
        byte[] lanes0 = pass.lanes[0];
        byte[] lanes1 = pass.lanes[1];
        byte[] lanes2 = pass.lanes[2];
        byte[] lanes3 = pass.lanes[3];
        short multiplier0 = (short) pass.multipliers[term];
        short multiplier1 = (short) pass.multipliers[term + 1];
        short multiplier2 = (short) pass.multipliers[term + 2];
        short multiplier3 = (short) pass.multipliers[term + 3];
        int shift = pass.shifts[term];
        short up = (short) ((1 << shift) - 1);
        int end = (endGroup - firstGroup) * GROUP_BLOCKS;
        for (int at = 0; at < end; at += REGISTER_BYTES) {
            ShortVector maxima0 = ByteVector.fromArray(BYTES, lanes0, at).reinterpretAsShorts();
            ShortVector maxima1 = ByteVector.fromArray(BYTES, lanes1, at).reinterpretAsShorts();
            ShortVector maxima2 = ByteVector.fromArray(BYTES, lanes2, at).reinterpretAsShorts();
            ShortVector maxima3 = ByteVector.fromArray(BYTES, lanes3, at).reinterpretAsShorts();
            ShortVector high = maxima0.lanewise(VectorOperators.LSHR, Byte.SIZE)
                    .mul(multiplier0)
                    .add(maxima1.lanewise(VectorOperators.LSHR, Byte.SIZE).mul(multiplier1))
                    .add(maxima2.lanewise(VectorOperators.LSHR, Byte.SIZE)
                            .mul(multiplier2)
                            .add(maxima3.lanewise(VectorOperators.LSHR, Byte.SIZE)
                                    .mul(multiplier3)));
            // As in Simd512BlockMaxKernels: what is left of all products modulo 2^16 without those of the odd lanes.
            ShortVector low = maxima0.mul(multiplier0)
                    .add(maxima1.mul(multiplier1))
                    .add(maxima2.mul(multiplier2).add(maxima3.mul(multiplier3)))
                    .sub(high.lanewise(VectorOperators.LSHL, Byte.SIZE));
            long even = sumsOffset(firstGroup, at);
            low.add(up)
                    .lanewise(VectorOperators.LSHR, shift)
                    .add(ShortVector.fromMemorySegment(SHORTS, sums, even, ORDER))
                    .intoMemorySegment(sums, even, ORDER);
            high.add(up)
                    .lanewise(VectorOperators.LSHR, shift)
                    .add(ShortVector.fromMemorySegment(SHORTS, sums, even + HALF, ORDER))
                    .intoMemorySegment(sums, even + HALF, ORDER);
        }
    }

    /** Where the sums of the even lanes of a register are; those of the odd ones are half a group behind. */
    private static long sumsOffset(int firstGroup, int at) {
        return ((long) firstGroup + at / GROUP_BLOCKS) * GROUP + at % GROUP_BLOCKS;
    }

    @Override
    public void largestOfGroups(MemorySegment sums, int firstGroup, int endGroup, short[] largest) {
        for (int group = firstGroup; group < endGroup; group++) {
            long at = (long) group * GROUP;
            ShortVector max = ShortVector.fromMemorySegment(SHORTS, sums, at, ORDER);
            for (long next = at + REGISTER_BYTES; next < at + GROUP; next += REGISTER_BYTES) {
                max = ShortVector.fromMemorySegment(SHORTS, sums, next, ORDER).max(max);
            }
            largest[group] = max.reduceLanes(VectorOperators.MAX);
        }
    }

    @Override
    public int collect(MemorySegment sums, short[] largest, int groupCount, int low, int high, int[] blocks) {
        int count = 0;
        for (int group = 0; group < groupCount; group++) {
            if (largest[group] < low) {
                continue;
            }
            long start = (long) group * GROUP;
            for (long at = start; at < start + GROUP; at += REGISTER_BYTES) {
                VectorMask<Short> found =
                        ShortVector.fromMemorySegment(SHORTS, sums, at, ORDER).compare(VectorOperators.GE, (short) low);
                int first = group * GROUP_BLOCKS + (int) (at - start) / Short.BYTES;
                for (long rest = found.toLong(); rest != 0; rest &= rest - 1) {
                    int block = first + Long.numberOfTrailingZeros(rest);
                    blocks[count] = block;
                    count += sums.get(LittleEndian.SHORT, (long) block * Short.BYTES) <= high ? 1 : 0;
                }
            }
        }
        return count;
    }
}
