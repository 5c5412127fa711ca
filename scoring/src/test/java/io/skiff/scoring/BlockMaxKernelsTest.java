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

    /** Ten terms and what was there before stay below 2^15, as the kernels may expect. */
    private static final int MOST_PER_TERM = 3_200;

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
            int termCount = random.nextInt(10);
            // As DensePass has it: fours that are filled up, and perhaps one more.
            termCount += termCount % 4 > 1 ? 4 - termCount % 4 : 0;
            int groupCount = 1 + random.nextInt(random.nextBoolean() ? 9 : 60);
            String what = kernels + ", round " + round + Seed.describe();
            try (Arena arena = Arena.ofConfined()) {
                DensePass expectedPass = new DensePass();
                DensePass actualPass = new DensePass();
                expectedPass.reserve(termCount);
                actualPass.reserve(termCount);
                MemorySegment bounds = denseTerms(random, arena, termCount, groupCount, expectedPass, actualPass);
                MemorySegment expected = sums(arena, groupCount, random);
                MemorySegment actual = sums(arena, groupCount, random).copyFrom(expected);
                int middle = random.nextInt(groupCount + 1);
                for (int[] tile : new int[][] {{0, middle}, {middle, groupCount}}) {
                    SPECIFICATION.addDense(bounds, expectedPass, expected, tile[0], tile[1]);
                    kernels.addDense(bounds, actualPass, actual, tile[0], tile[1]);
                    for (int term = 0; term < termCount; term++) {
                        // Where one that counts nothing has come to means nothing.
                        if (expectedPass.multipliers[term] > 0) {
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

    /** Writes dense terms one after the other and leaves both passes at their start. */
    private static MemorySegment denseTerms(
            Random random, Arena arena, int termCount, int groupCount, DensePass... passes) {
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
        MemorySegment bounds = arena.allocate(bytes);
        long position = 0;
        int shift = 0;
        for (int term = 0; term < termCount; term++) {
            long[] words = presence[term];
            boolean isInFour = term < DensePass.inFours(termCount);
            shift = isInFour && term % DensePass.FOUR != 0 ? shift : random.nextInt(9);
            // The products of a four, and what rounds them up, fill 16 bits at most.
            int largest = Math.min(isInFour ? 64 : 255, (MOST_PER_TERM << shift) / 255);
            int multiplier = random.nextInt(3) == 0 ? largest : random.nextInt(1 + largest);
            for (DensePass pass : passes) {
                pass.add(position, position + (long) groupCount * Long.BYTES, multiplier, shift);
            }
            for (long word : words) {
                bounds.set(LittleEndian.LONG, position, word);
                position += Long.BYTES;
            }
            for (int i = Arrays.stream(words).mapToInt(Long::bitCount).sum(); i > 0; i--) {
                int maximum = random.nextInt(3) == 0 ? 255 : 1 + random.nextInt(255);
                bounds.set(ValueLayout.JAVA_BYTE, position++, (byte) maximum);
            }
        }
        return bounds;
    }

    private static MemorySegment sums(Arena arena, int groupCount, Random random) {
        MemorySegment sums = arena.allocate((long) groupCount * DenseBoundsLayout.GROUP_BLOCKS * Short.BYTES);
        for (long at = 0; at < sums.byteSize(); at += Short.BYTES) {
            sums.set(LittleEndian.SHORT, at, (short) (random.nextInt(4) == 0 ? 0 : random.nextInt(60)));
        }
        return sums;
    }
}
