package io.skiff.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * An immutable sparse embedding: distinct tokens, each with a finite weight greater than zero, in the order given.
 *
 * <p>Weights of 0 are dropped on creation; negative, infinite and NaN weights and duplicate tokens are refused.
 */
public final class SparseVector {
    /** The vector without tokens. */
    public static final SparseVector EMPTY = new SparseVector(new String[0], new float[0]);

    private final String[] tokens;
    private final float[] weights;

    private SparseVector(String[] tokens, float[] weights) {
        this.tokens = tokens;
        this.weights = weights;
    }

    /**
     * A vector of {@code tokens[i]} with {@code weights[i]}.
     *
     * @throws IllegalArgumentException if the lengths differ, a token is null or repeats, or a weight is
     *     negative or not finite
     */
    public static SparseVector of(String[] tokens, float[] weights) {
        if (tokens.length != weights.length) {
            throw new IllegalArgumentException("a sparse vector needs one weight per token, got " + tokens.length
                    + " tokens and " + weights.length + " weights");
        }
        return of(tokens, weights, tokens.length, false);
    }

    /** The first {@code size} of each; the arrays are the caller's to use again. */
    static SparseVector of(String[] tokens, float[] weights, int size, boolean areDistinct) {
        int[] seen = new int[areDistinct ? 0 : slotCount(size)];
        int kept = 0;
        for (int i = 0; i < size; i++) {
            String token = tokens[i];
            float weight = weights[i];
            if (token == null) {
                throw new IllegalArgumentException("token " + i + " of the vector is null");
            }
            if (!(weight >= 0) || Float.isInfinite(weight)) {
                throw new IllegalArgumentException(
                        "weight of token '" + token + "' must be finite and not negative, got " + weight);
            }
            if (!areDistinct && !add(tokens, i, seen)) {
                throw new IllegalArgumentException("token '" + token + "' occurs twice in one vector");
            }
            kept += weight > 0 ? 1 : 0;
        }
        if (kept == 0) {
            return EMPTY;
        }
        if (kept == size) {
            return new SparseVector(Arrays.copyOf(tokens, size), Arrays.copyOf(weights, size));
        }
        String[] keptTokens = new String[kept];
        float[] keptWeights = new float[kept];
        for (int i = 0, place = 0; i < size; i++) {
            if (weights[i] > 0) {
                keptTokens[place] = tokens[i];
                keptWeights[place++] = weights[i];
            }
        }
        return new SparseVector(keptTokens, keptWeights);
    }

    /** A power of two that leaves half of the slots free. */
    private static int slotCount(int tokenCount) {
        return Integer.highestOneBit(Math.max(1, tokenCount)) << 2;
    }

    /**
     * Puts a token's number, plus 1, into a table of those before it, unless it is among them. A set of objects would take
     * longer than all else that is done to make a vector of arrays.
     */
    private static boolean add(String[] tokens, int number, int[] slots) {
        int hash = tokens[number].hashCode();
        int slot = (hash ^ (hash >>> 16)) & (slots.length - 1);
        for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            if (tokens[slots[slot] - 1].equals(tokens[number])) {
                return false;
            }
        }
        slots[slot] = number + 1;
        return true;
    }

    /**
     * A vector of a map's entries, in its order of iteration.
     *
     * @throws IllegalArgumentException if a weight is negative or not finite
     */
    public static SparseVector of(Map<String, ? extends Number> weights) {
        String[] tokens = new String[weights.size()];
        float[] values = new float[weights.size()];
        int i = 0;
        for (Map.Entry<String, ? extends Number> entry : weights.entrySet()) {
            tokens[i] = entry.getKey();
            values[i++] = entry.getValue().floatValue();
        }
        // Whose keys are distinct by equals, which not every map promises.
        return of(tokens, values, tokens.length, weights instanceof HashMap);
    }

    /** The number of tokens. */
    public int size() {
        return tokens.length;
    }

    /** Whether there is no token. */
    public boolean isEmpty() {
        return tokens.length == 0;
    }

    /** The token at {@code i}, 0 &le; i &lt; {@link #size()}. */
    public String token(int i) {
        return tokens[i];
    }

    /** The weight of the token at {@code i}: finite, greater than zero. */
    public float weight(int i) {
        return weights[i];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseVector that
                && Arrays.equals(tokens, that.tokens)
                && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(tokens) + Arrays.hashCode(weights);
    }

    /** The tokens and weights as {@code {cat:1.5, dog:0.25}}. */
    @Override
    public String toString() {
        StringJoiner joiner = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < tokens.length; i++) {
            joiner.add(tokens[i] + ":" + weights[i]);
        }
        return joiner.toString();
    }
}
