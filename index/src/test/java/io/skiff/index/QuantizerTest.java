package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizerTest {
    @Test
    void theIdentityPassesWholeWeights() {
        for (int weight = 1; weight <= Limits.MAX_IMPACT; weight++) {
            assertEquals(weight, Quantizer.IDENTITY.impact(weight));
            assertEquals(weight, Quantizer.IDENTITY.weight(weight));
            assertFalse(Quantizer.IDENTITY.saturates(weight));
        }
    }

    @ParameterizedTest
    @ValueSource(
            floats = {Float.MIN_VALUE, 1e-42f, Float.MIN_NORMAL, 1e-9f, 0.3f, 1, 3.14f, 255, 256, 1e30f, Float.MAX_VALUE
            })
    void aPositiveWeightIsNeverLostAndTheLargestDoesNotSaturate(float largest) {
        Quantizer quantizer = Quantizer.forLargestWeight(largest);
        assertFalse(quantizer.saturates(largest));
        assertTrue(quantizer.impact(Float.MIN_VALUE) >= 1);
        if (largest >= Float.MIN_NORMAL) {
            assertEquals(Limits.MAX_IMPACT, quantizer.impact(largest));
        }
    }

    @Test
    void impactsAreNearestAndMonotone() {
        RandomGenerator random = Seed.random();
        Quantizer quantizer = Quantizer.forLargestWeight(3.7f);
        int previous = 0;
        for (int i = 0; i < 1000; i++) {
            float weight = 3.7f * (i + random.nextFloat()) / 1000;
            int impact = quantizer.impact(weight);
            assertTrue(impact >= previous, Seed.message());
            if (impact > 1) {
                assertEquals(weight, quantizer.weight(impact), quantizer.scale() * 0.5001f, Seed.message());
            }
            previous = impact;
        }
    }

    @Test
    void weightsAboveTheScaleSaturate() {
        Quantizer quantizer = new Quantizer(0.5f);
        assertTrue(quantizer.saturates(128));
        assertEquals(255, quantizer.impact(128));
        assertEquals(255, quantizer.impact(Float.MAX_VALUE));
        assertTrue(quantizer.saturates(Float.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void refusesScalesThatAreNoScales(float scale) {
        assertThrows(IllegalArgumentException.class, () -> new Quantizer(scale));
    }
}
