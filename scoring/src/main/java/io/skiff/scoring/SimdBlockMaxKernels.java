package io.skiff.scoring;

import io.skiff.index.blockmax.DenseBoundsLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * For registers of 128 and 256 bits, on machines that cannot expand bytes by a mask over a register: maxima are read
 * unpacked, a byte for each block, and weighted and added up by register. Packed ones are spread in scalar code over a
 * scratch array first, some groups and four terms at a time, which takes five times as long; in one step the loads would wait
 * for the narrower stores before them.
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

    private static final boolean READS_UNPACKED = KernelChoice.mayUnpack();

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
    public boolean readsUnpacked() {
        return READS_UNPACKED;
    }

    @Override
    public void addDense(MemorySegment bounds, DensePass pass, MemorySegment sums, int firstGroup, int endGroup) {
        for (int term = 0; term < pass.count; term += pass.groupSizes[term]) {
            if (pass.expanded[term] != null) {
                long start = pass.expandedStart + (long) firstGroup * GROUP_BLOCKS;
                add(pass, term, pass.expanded, term, start, sums, firstGroup, endGroup);
                continue;
            }
            for (int group = firstGroup; group < endGroup; group += DensePass.SPREAD_GROUPS) {
                int end = Math.min(endGroup, group + DensePass.SPREAD_GROUPS);
                for (int i = 0; i < pass.groupSizes[term]; i++) {
                    // What fills up a four counts nothing, whatever its lanes hold.
                    if (pass.multipliers[term + i] > 0) {
                        spread(bounds, pass, term + i, pass.lanes[i], group, end);
                    }
                }
                add(pass, term, pass.lanes, 0, 0, sums, group, end);
            }
        }
    }

    /** Adds a group of terms whose maxima, a byte for each block, start at an offset of consecutive sources. */
    private static void add(
            DensePass pass,
            int term,
            MemorySegment[] sources,
            int source,
            long start,
            MemorySegment sums,
            int firstGroup,
            int endGroup) {
        if (pass.groupSizes[term] == DensePass.FOUR) {
            addFour(pass, term, sources, source, start, sums, firstGroup, endGroup);
        } else {
            addOne(pass, term, sources[source], start, sums, firstGroup, endGroup);
        }
    }

    /** Writes the maxima of a term in some groups, a byte for each block, 0 where it is not. */
    private static void spread(
            MemorySegment bounds, DensePass pass, int term, MemorySegment lanes, int firstGroup, int endGroup) {
        long presence = pass.presenceOffsets[term];
        pass.maximaOffsets[term] = EXPANDS
                ? expand(bounds, presence, pass.maximaOffsets[term], lanes, firstGroup, endGroup)
                : scatter(bounds, presence, pass.maximaOffsets[term], lanes, firstGroup, endGroup);
    }

    private static long expand(
            MemorySegment bounds, long presence, long maxima, MemorySegment lanes, int firstGroup, int endGroup) {
        long next = maxima;
        for (int group = firstGroup, at = 0; group < endGroup; group++) {
            long present = bounds.get(LittleEndian.LONG, presence + (long) group * Long.BYTES);
            for (int i = 0; i < Long.BYTES; i++, at += Long.BYTES, present >>>= Byte.SIZE) {
                int blocks = (int) present & 0xFF;
                long spread = Long.expand(bounds.get(LittleEndian.LONG, next), SwarBlockMaxKernels.laneMask(blocks));
                lanes.set(LittleEndian.LONG, at, spread);
                next += Integer.bitCount(blocks);
            }
        }
        return next;
    }

    private static long scatter(
            MemorySegment bounds, long presence, long maxima, MemorySegment lanes, int firstGroup, int endGroup) {
        long next = maxima;
        lanes.fill((byte) 0);
        for (int group = firstGroup, at = 0; group < endGroup; group++, at += GROUP_BLOCKS) {
            long present = bounds.get(LittleEndian.LONG, presence + (long) group * Long.BYTES);
            for (; present != 0; present &= present - 1) {
                lanes.set(
                        LittleEndian.BYTE,
                        at + Long.numberOfTrailingZeros(present),
                        bounds.get(LittleEndian.BYTE, next++));
            }
        }
        return next;
    }

    private static void addOne(
            DensePass pass,
            int term,
            MemorySegment source,
            long start,
            MemorySegment sums,
            int firstGroup,
            int endGroup) {
        short multiplier = (short) pass.multipliers[term];
        int shift = pass.shifts[term];
        short up = (short) ((1 << shift) - 1);
        int end = (endGroup - firstGroup) * GROUP_BLOCKS;
        for (int at = 0; at < end; at += REGISTER_BYTES) {
            long low = sumsOffset(firstGroup, at);
            ShortVector maxima = ByteVector.fromMemorySegment(BYTES, source, start + at, ORDER)
                    .reinterpretAsShorts();
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

    private static void addFour(
            DensePass pass,
            int term,
            MemorySegment[] sources,
            int source,
            long start,
            MemorySegment sums,
            int firstGroup,
            int endGroup) {
        MemorySegment source0 = sources[source];
        MemorySegment source1 = sources[source + 1];
        MemorySegment source2 = sources[source + 2];
        MemorySegment source3 = sources[source + 3];
        short multiplier0 = (short) pass.multipliers[term];
        short multiplier1 = (short) pass.multipliers[term + 1];
        short multiplier2 = (short) pass.multipliers[term + 2];
        short multiplier3 = (short) pass.multipliers[term + 3];
        int shift = pass.shifts[term];
        short up = (short) ((1 << shift) - 1);
        int end = (endGroup - firstGroup) * GROUP_BLOCKS;
        for (int at = 0; at < end; at += REGISTER_BYTES) {
            ShortVector maxima0 = ByteVector.fromMemorySegment(BYTES, source0, start + at, ORDER)
                    .reinterpretAsShorts();
            ShortVector maxima1 = ByteVector.fromMemorySegment(BYTES, source1, start + at, ORDER)
                    .reinterpretAsShorts();
            ShortVector maxima2 = ByteVector.fromMemorySegment(BYTES, source2, start + at, ORDER)
                    .reinterpretAsShorts();
            ShortVector maxima3 = ByteVector.fromMemorySegment(BYTES, source3, start + at, ORDER)
                    .reinterpretAsShorts();
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
