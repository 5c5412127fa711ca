package io.skiff.bench.corpus;

import io.skiff.index.SparseVector;
import java.util.Arrays;

/**
 * A sparse vector over numbered tokens.
 *
 * @param tokens distinct positions in the vocabulary
 * @param weights one per token, 1..255
 */
public record WeightedTokens(int[] tokens, int[] weights) {
    /** The number of tokens. */
    public int size() {
        return tokens.length;
    }

    /** The same with the tokens' names. */
    public SparseVector toSparseVector(String[] vocabulary) {
        String[] names = new String[tokens.length];
        float[] floats = new float[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            names[i] = vocabulary[tokens[i]];
            floats[i] = weights[i];
        }
        return SparseVector.of(names, floats);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightedTokens(int[] otherTokens, int[] otherWeights)
                && Arrays.equals(tokens, otherTokens)
                && Arrays.equals(weights, otherWeights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(tokens) + Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        return "WeightedTokens[" + Arrays.toString(tokens) + ", " + Arrays.toString(weights) + "]";
    }
}
