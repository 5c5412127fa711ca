package io.skiff.index;

/**
 * Turns the weights of a field into impacts of one byte, and back, on one linear scale per field and index.
 *
 * <p>A positive weight never becomes 0, so quantization loses no match.
 *
 * @param scale the weight that one step of impact stands for, finite and greater than zero; 1 is the identity on
 *     whole weights from 1 to 255
 */
public record Quantizer(float scale) {
    /** Whole weights from 1 to 255 pass unchanged. */
    public static final Quantizer IDENTITY = new Quantizer(1);

    /** Refuses a scale that is not finite and positive. */
    public Quantizer {
        if (!(scale > 0) || Float.isInfinite(scale)) {
            throw new IllegalArgumentException("scale must be finite and greater than zero, got " + scale);
        }
    }

    /** The quantizer under which {@code largestWeight} has the largest impact, {@value Limits#MAX_IMPACT}. */
    public static Quantizer forLargestWeight(float largestWeight) {
        // The smallest weights underflow when divided.
        return new Quantizer(Math.max(largestWeight / Limits.MAX_IMPACT, Float.MIN_VALUE));
    }

    /** The impact of a weight that is finite and greater than zero: 1..255, rounded to nearest, saturating. */
    public int impact(float weight) {
        int rounded = Math.round(weight / scale);
        return Math.clamp(rounded, 1, Limits.MAX_IMPACT);
    }

    /** Whether a weight lies so far above the scale that its impact is cut to the largest. */
    boolean saturates(float weight) {
        return Math.round(weight / scale) > Limits.MAX_IMPACT;
    }

    /** The weight that an impact stands for. */
    public float weight(int impact) {
        return impact * scale;
    }
}
