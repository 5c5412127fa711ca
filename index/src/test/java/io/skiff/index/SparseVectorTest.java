package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseVectorTest {
    @Test
    void keepsTheOrderAndDropsZeros() {
        SparseVector vector =
                SparseVector.of(new String[] {"z", "zero", "a", "minus zero"}, new float[] {2, 0, 0.5f, -0f});
        assertEquals(2, vector.size());
        assertEquals("z", vector.token(0));
        assertEquals(2, vector.weight(0));
        assertEquals("a", vector.token(1));
        assertEquals("{z:2.0, a:0.5}", vector.toString());
    }

    @Test
    void aMapGivesItsEntriesInItsOrder() {
        Map<String, Number> weights = new LinkedHashMap<>();
        weights.put("b", 1);
        weights.put("a", 2.5);
        assertEquals(SparseVector.of(new String[] {"b", "a"}, new float[] {1, 2.5f}), SparseVector.of(weights));
    }

    @Test
    void nothingButZerosIsTheEmptyVector() {
        assertSame(SparseVector.EMPTY, SparseVector.of(new String[] {"a"}, new float[] {0}));
        assertTrue(SparseVector.EMPTY.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, -Float.MIN_VALUE, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesWeightsThatAreNegativeOrNotFinite(float weight) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> SparseVector.of(new String[] {"ok", "cat"}, new float[] {1, weight}));
        assertTrue(e.getMessage().contains("'cat'") && e.getMessage().contains("" + weight), e.getMessage());
    }

    @Test
    void refusesADoubleThatIsTooLargeForAFloat() {
        assertThrows(IllegalArgumentException.class, () -> SparseVector.of(Map.of("cat", 1e300)));
    }

    @Test
    void refusesDuplicatesEvenOfWeightZero() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> SparseVector.of(new String[] {"cat", "dog", "cat"}, new float[] {0, 1, 2}));
        assertTrue(e.getMessage().contains("'cat' occurs twice"), e.getMessage());
    }

    @Test
    void refusesNullTokensAndUnequalLengths() {
        assertThrows(IllegalArgumentException.class, () -> SparseVector.of(new String[] {null}, new float[] {1}));
        assertThrows(IllegalArgumentException.class, () -> SparseVector.of(new String[] {"a"}, new float[] {1, 2}));
    }

    @Test
    void doesNotChangeWithTheArraysItCameFrom() {
        String[] tokens = {"a"};
        float[] weights = {1};
        SparseVector vector = SparseVector.of(tokens, weights);
        tokens[0] = "b";
        weights[0] = 2;
        assertEquals(SparseVector.of(Map.of("a", 1)), vector);
        assertEquals(SparseVector.of(Map.of("a", 1)).hashCode(), vector.hashCode());
    }

    /** Of tokens that share hashes, as "Aa" and "BB" do, and many that repeat. */
    @Test
    void findsEveryTokenThatRepeats() {
        RandomGenerator random = Seed.random();
        for (int round = 0; round < 2_000; round++) {
            String[] tokens = new String[1 + random.nextInt(200)];
            for (int i = 0; i < tokens.length; i++) {
                StringBuilder token = new StringBuilder();
                for (int bits = random.nextInt(1 << 14); bits > 1; bits >>>= 1) {
                    token.append((bits & 1) == 0 ? "Aa" : "BB");
                }
                tokens[i] = token.toString();
            }
            float[] weights = new float[tokens.length];
            Arrays.fill(weights, 1);
            if (new HashSet<>(Arrays.asList(tokens)).size() == tokens.length) {
                assertEquals(tokens.length, SparseVector.of(tokens, weights).size(), Seed.message());
            } else {
                assertThrows(IllegalArgumentException.class, () -> SparseVector.of(tokens, weights), Seed.message());
            }
        }
    }
}
