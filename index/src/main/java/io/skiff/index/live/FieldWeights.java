package io.skiff.index.live;

import io.skiff.index.Limits;
import io.skiff.index.Quantizer;

/**
 * What is known of the weights of a field that gets its scale.
 *
 * @param largest the largest weight
 * @param whole whether all are whole numbers that are impacts as they are
 * @param count how many they are
 */
record FieldWeights(float largest, boolean whole, long count) {
    /**
     * How much larger than the largest weight that was seen the scale of a field lets weights be, where it was not given:
     * a later document may have a larger one, at little cost in precision.
     */
    private static final float HEADROOM = 1.25f;

    /** Whether a weight is an impact as it is. */
    static boolean isWhole(float weight) {
        return weight >= 1 && weight <= Limits.MAX_IMPACT && weight == (int) weight;
    }

    /** Of the weights of both. */
    FieldWeights and(FieldWeights other) {
        return new FieldWeights(Math.max(largest, other.largest), whole && other.whole, count + other.count);
    }

    boolean fit(Quantizer quantizer) {
        return largest <= quantizer.weight(Limits.MAX_IMPACT) && (whole || !quantizer.equals(Quantizer.IDENTITY));
    }

    Quantizer quantizer() {
        return whole ? Quantizer.IDENTITY : Quantizer.forLargestWeight(Math.min(HEADROOM * largest, Float.MAX_VALUE));
    }
}
