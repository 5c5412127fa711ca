package io.skiff.encoder.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.SparseVector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** From a row of floats to a vector. */
class SparsifierTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_260_102);
    private static final float[] EDGES = {
        0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1f, -1f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
    };

    @Test
    void bothScansFindTheSame() {
        Random random = new Random(SEED);
        for (int width : new int[] {0, 1, 3, 15, 16, 17, 31, 32, 33, 64, 100, 1000, 30_522}) {
            for (double share : new double[] {0, 0.004, 0.5, 1}) {
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment row = arena.allocate((long) width * Float.BYTES, 1);
                    for (int i = 0; i < width; i++) {
                        float value =
                                random.nextDouble() < share ? EDGES[random.nextInt(EDGES.length)] : -random.nextFloat();
                        row.set(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) i * Float.BYTES, value);
                    }
                    for (float threshold : new float[] {0, Float.MIN_VALUE, 0.5f, 1}) {
                        assertArrayEquals(
                                positions(new ScalarWeightScan(), row, width, threshold),
                                positions(new SimdWeightScan(), row, width, threshold),
                                "width " + width + ", share " + share + ", above " + threshold + ", seed " + SEED);
                    }
                }
            }
        }
    }

    @Test
    void theFastScanIsInUse() {
        assertTrue(WeightScan.best() instanceof SimdWeightScan, "the tests run with the Vector API");
    }

    @Test
    void weightsComeByAscendingIdWithoutMaskedAndUnnamedTokens() {
        Vocabulary vocabulary = new Vocabulary(new String[] {"[CLS]", "reef", null, "coral"}, bits(0), "");
        Sparsifier sparsifier = new Sparsifier(vocabulary, bits(0), 6, 0, 0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows =
                    arena.allocateFrom(ValueLayout.JAVA_FLOAT, 9, 9, 9, 9, 9, 9, 0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f);
            SparseVector expected = SparseVector.of(new String[] {"reef", "coral"}, new float[] {1.5f, 3.5f});
            assertEquals(expected, sparsifier.vector(rows, 1));
        }
    }

    @Test
    void onlyTheHeaviestWeightsAboveTheThresholdAreKept() {
        Vocabulary vocabulary = new Vocabulary(new String[] {"a", "b", "c", "d", "e"}, bits(), "");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment row = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 0.5f, 3, 1, 3, 0.7f);
            assertEquals(
                    SparseVector.of(new String[] {"b", "c", "d", "e"}, new float[] {3, 1, 3, 0.7f}),
                    new Sparsifier(vocabulary, bits(), 5, 0.5f, 0).vector(row, 0));
            assertEquals(
                    SparseVector.of(new String[] {"b", "c", "d"}, new float[] {3, 1, 3}),
                    new Sparsifier(vocabulary, bits(), 5, 0.5f, 3).vector(row, 0));
            assertEquals(
                    SparseVector.of(new String[] {"b"}, new float[] {3}),
                    new Sparsifier(vocabulary, bits(), 5, 0, 1).vector(row, 0));
        }
    }

    @Test
    void whatIsNoNumberIsReported() {
        Sparsifier sparsifier = new Sparsifier(new Vocabulary(new String[] {"a", "b"}, bits(), ""), bits(), 2, 0, 0);
        try (Arena arena = Arena.ofConfined()) {
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                MemorySegment row = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 0, bad);
                var error = assertThrows(Sparsifier.NotANumberException.class, () -> sparsifier.vector(row, 0));
                assertEquals("weight " + bad + " for token id 1", error.getMessage());
            }
        }
    }

    private static int[] positions(WeightScan scan, MemorySegment row, int width, float threshold) {
        int[] positions = new int[width];
        return Arrays.copyOf(positions, scan.positions(row, width, threshold, positions));
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        for (int bit : set) {
            bits.set(bit);
        }
        return bits;
    }
}
