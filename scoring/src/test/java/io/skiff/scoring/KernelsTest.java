package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Duels: every SIMD width that this machine has against the scalar specification. */
final class KernelsTest {
    private static final int[] AWKWARD_SIZES = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 65, 1000, 2047, 2048
    };

    static List<Integer> widths() {
        return Stream.of(128, 256, 512)
                .filter(bits -> bits <= SimdKernels.widestBits())
                .toList();
    }

    /** Names of all kernels that run here. */
    static List<String> names() {
        return Stream.concat(Stream.of("scalar"), widths().stream().map(bits -> "simd" + bits))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("widths")
    void scanEqualsItsScalarTwin(int bits) {
        Kernels simd = Kernels.named("simd" + bits);
        Random random = Seed.random(bits);
        for (int size : AWKWARD_SIZES) {
            for (int from : new int[] {0, 1, 13}) {
                for (double hitShare : new double[] {0, .02, .5, 1}) {
                    int[] scores = scores(random, from + size, hitShare);
                    for (int threshold : new int[] {0, 1, 500, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
                        assertSameScan(simd, scores, from, threshold, "width " + bits);
                    }
                }
            }
        }
    }

    private static void assertSameScan(Kernels simd, int[] scores, int from, int threshold, String what) {
        int size = scores.length - from;
        int[] expected = new int[size];
        int[] actual = new int[size];
        long expectedCounts = new ScalarKernels().scan(scores, from, scores.length, threshold, expected);
        long actualCounts = simd.scan(scores, from, scores.length, threshold, actual);
        String input = what + ", size " + size + " from " + from + ", threshold " + threshold + Seed.describe();
        assertEquals(expectedCounts, actualCounts, input);
        assertArrayEquals(expected, actual, input);
    }

    @Test
    void scalarScanIsWhatTheInterfaceSays() {
        int[] scores = {9, 0, 5, 6, 0, 5, Integer.MAX_VALUE, 9};
        int[] candidates = new int[6];
        long counts = new ScalarKernels().scan(scores, 1, 7, 5, candidates);
        assertEquals(4, Kernels.matchCount(counts));
        assertEquals(2, Kernels.candidateCount(counts));
        assertArrayEquals(new int[] {3, 6, 0, 0, 0, 0}, candidates);
    }

    @Test
    void everyWidthHasItsOwnClass() {
        List<Class<?>> classes = widths().stream()
                .<Class<?>>map(bits -> Kernels.named("simd" + bits).getClass())
                .toList();
        assertEquals(classes.size(), classes.stream().distinct().count());
        classes.forEach(kernels -> assertNotSame(SimdKernels.class, kernels));
    }

    private static int[] scores(Random random, int size, double hitShare) {
        int[] scores = new int[size];
        for (int i = 0; i < size; i++) {
            if (random.nextDouble() < hitShare) {
                scores[i] = random.nextInt(50) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(1000);
            }
        }
        return scores;
    }
}
