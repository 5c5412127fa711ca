package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.index.blockmax.DenseBoundsLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Duels against the scalar specification, in off-heap memory cut to the byte. */
final class BlockMaxKernelsTest {
    private static final BlockMaxKernels SPECIFICATION = new ScalarBlockMaxKernels();

    /** Nine terms and what was there before stay below 2^15, as the kernels may expect. */
    private static final int MOST_PER_TERM = 3_200;

    /** Blocks before group 0 in expanded bounds. */
    private static final int BLOCKS_BEFORE = 2 * DenseBoundsLayout.GROUP_BLOCKS;

    static List<BlockMaxKernels> challengers() {
        // Emulated where registers are narrower: slow, but right all the same.
        return List.of(
                new SwarBlockMaxKernels(),
                SimdBlockMaxKernels.ofWidth(128),
                SimdBlockMaxKernels.ofWidth(256),
                new Simd512BlockMaxKernels());
    }

    @ParameterizedTest
    @MethodSource("challengers")
    void denseBoundsAddUpAlike(BlockMaxKernels kernels) {
        for (int round = 0; round < 60; round++) {
            Random random = Seed.random(300 + round);
            int groupCount = 1 + random.nextInt(random.nextBoolean() ? 9 : 60);
            String what = kernels + ", round " + round + Seed.describe();
            try (Arena arena = Arena.ofConfined()) {
                DensePass expectedPass = new DensePass();
                DensePass actualPass = new DensePass();
                MemorySegment bounds = denseTerms(random, arena, groupCount, expectedPass, actualPass);
                MemorySegment expected = sums(arena, groupCount, random);
                MemorySegment actual = sums(arena, groupCount, random).copyFrom(expected);
                int middle = random.nextInt(groupCount + 1);
                for (int[] tile : new int[][] {{0, middle}, {middle, groupCount}}) {
                    SPECIFICATION.addDense(bounds, expectedPass, expected, tile[0], tile[1]);
                    kernels.addDense(bounds, actualPass, actual, tile[0], tile[1]);
                    for (int term = 0; term < expectedPass.count; term++) {
                        // Where one that counts nothing has come to, or one that is expanded, means nothing.
                        if (expectedPass.multipliers[term] > 0 && actualPass.expanded[term] == null) {
                            assertEquals(expectedPass.maximaOffsets[term], actualPass.maximaOffsets[term], what);
                        }
                    }
                }
                assertEquals(-1, expected.mismatch(actual), what);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("challengers")
    void candidatesAreTheSame(BlockMaxKernels kernels) {
        for (int round = 0; round < 60; round++) {
            Random random = Seed.random(400 + round);
            int groupCount = 1 + random.nextInt(9);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment sums = sums(arena, groupCount, random);
                short[] expectedLargest = new short[groupCount];
                short[] actualLargest = new short[groupCount];
                SPECIFICATION.largestOfGroups(sums, 0, groupCount, expectedLargest);
                kernels.largestOfGroups(sums, 0, groupCount, actualLargest);
                String what = kernels + ", round " + round + Seed.describe();
                assertArrayEquals(expectedLargest, actualLargest, what);
                for (int[] range : new int[][] {{1, 40}, {7, 7}, {40, Short.MAX_VALUE}, {1, Short.MAX_VALUE}}) {
                    int[] expected = new int[groupCount * DenseBoundsLayout.GROUP_BLOCKS];
                    int[] actual = expected.clone();
                    int count = SPECIFICATION.collect(sums, expectedLargest, groupCount, range[0], range[1], expected);
                    assertEquals(
                            count, kernels.collect(sums, actualLargest, groupCount, range[0], range[1], actual), what);
                    assertArrayEquals(Arrays.copyOf(expected, count), Arrays.copyOf(actual, count), what);
                }
            }
        }
    }

    /** Writes dense terms one after the other, some expanded too, and leaves both passes at their start. */
    private static MemorySegment denseTerms(Random random, Arena arena, int groupCount, DensePass... passes) {
        int[] sizes = random.ints(random.nextInt(4), 1, 1 + DensePass.FOUR).toArray();
        int termCount = Math.min(9, Arrays.stream(sizes).sum());
        long[][] presence = new long[termCount][groupCount];
        long bytes = DenseBoundsLayout.TAIL_BYTES;
        for (long[] words : presence) {
            double share = random.nextInt(4) / 3.0;
            for (int group = 0; group < groupCount; group++) {
                for (int bit = 0; bit < Long.SIZE; bit++) {
                    words[group] |= random.nextDouble() < share ? 1L << bit : 0;
                }
                bytes += Long.BYTES + Long.bitCount(words[group]);
            }
        }
        for (DensePass pass : passes) {
            pass.reserve(4 * sizes.length);
            pass.expandedStart = BLOCKS_BEFORE;
        }
        MemorySegment bounds = arena.allocate(bytes);
        long position = 0;
        for (int first = 0, group = 0; first < termCount; group++) {
            int size = Math.min(sizes[group], termCount - first);
            int shift = random.nextInt(9);
            boolean isExpanded = random.nextBoolean();
            for (int term = first; term < first + size; term++) {
                // The products of a four, and what rounds them up, fill 16 bits at most.
                int largest = Math.min(size > 1 ? 64 : 255, (MOST_PER_TERM << shift) / 255);
                int multiplier = random.nextInt(3) == 0 ? largest : 1 + random.nextInt(largest);
                long words = position;
                for (long word : presence[term]) {
                    bounds.set(LittleEndian.LONG, position, word);
                    position += Long.BYTES;
                }
                long maxima = position;
                for (int i = Arrays.stream(presence[term])
                                .mapToInt(Long::bitCount)
                                .sum();
                        i > 0;
                        i--) {
                    int maximum = random.nextInt(3) == 0 ? 255 : 1 + random.nextInt(255);
                    bounds.set(ValueLayout.JAVA_BYTE, position++, (byte) maximum);
                }
                MemorySegment expanded = isExpanded ? expanded(arena, presence[term], bounds, maxima) : null;
                for (DensePass pass : passes) {
                    pass.expanded[pass.count] = expanded;
                    pass.add(words, maxima, multiplier, shift);
                }
            }
            for (DensePass pass : passes) {
                pass.endGroup(size);
            }
            first += size;
        }
        return bounds;
    }

    /** A byte for each bit of the words, behind bytes that must not be read. */
    private static MemorySegment expanded(Arena arena, long[] words, MemorySegment bounds, long maxima) {
        MemorySegment expanded = arena.allocate(BLOCKS_BEFORE + (long) words.length * Long.SIZE);
        expanded.asSlice(0, BLOCKS_BEFORE).fill((byte) 99);
        long next = maxima;
        for (int bit = 0; bit < words.length * Long.SIZE; bit++) {
            if ((words[bit / Long.SIZE] >>> bit & 1) != 0) {
                expanded.set(LittleEndian.BYTE, BLOCKS_BEFORE + bit, bounds.get(LittleEndian.BYTE, next++));
            }
        }
        return expanded;
    }

    private static MemorySegment sums(Arena arena, int groupCount, Random random) {
        MemorySegment sums = arena.allocate((long) groupCount * DenseBoundsLayout.GROUP_BLOCKS * Short.BYTES);
        for (long at = 0; at < sums.byteSize(); at += Short.BYTES) {
            sums.set(LittleEndian.SHORT, at, (short) (random.nextInt(4) == 0 ? 0 : random.nextInt(60)));
        }
        return sums;
    }
}
