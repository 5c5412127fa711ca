package io.skiff.scoring;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The inner loops over block bounds. Pure functions; the scalar twin is the specification and every other
 * implementation equals it bit for bit.
 *
 * <p>{@code sums} holds one signed 16-bit sum per block, padded to whole groups of 64. Terms come in fours, filled up with
 * terms that have a multiplier of 0, and one may come alone: together they add {@code (sum of products + (1 << shift) - 1)
 * >>> shift}, a product being multiplier x maximum, which {@link BoundScale} keeps from overflowing.
 */
interface BlockMaxKernels {
    /** The fastest for registers of so many bits. */
    static BlockMaxKernels forRegisters(int bits) {
        if (bits >= 512) {
            return new Simd512BlockMaxKernels();
        }
        if (bits >= 128) {
            return SimdBlockMaxKernels.ofWidth(Math.min(bits, 256));
        }
        boolean spreadsBytes = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
        return spreadsBytes ? new SwarBlockMaxKernels() : new ScalarBlockMaxKernels();
    }

    /**
     * Whether these kernels read bounds that are unpacked in memory, since spreading packed ones each time is slow. Of a group
     * of terms whose bounds are expanded they read nothing else.
     */
    default boolean readsUnpacked() {
        return false;
    }

    /**
     * Adds dense terms to the sums of some groups of 64 blocks.
     *
     * @param bounds of the segment
     * @param pass the terms, whose positions are moved behind the groups, unless their multiplier is 0
     */
    void addDense(MemorySegment bounds, DensePass pass, MemorySegment sums, int firstGroup, int endGroup);

    /** Writes the largest sum of each group. */
    void largestOfGroups(MemorySegment sums, int firstGroup, int endGroup, short[] largest);

    /**
     * Appends, in ascending order, the blocks whose sum is in {@code low..high}, both inclusive.
     *
     * @param largest of each group, as {@link #largestOfGroups} wrote it
     * @param blocks room for every block of the segment
     * @return how many blocks there are
     */
    int collect(MemorySegment sums, short[] largest, int groupCount, int low, int high, int[] blocks);
}
