package io.skiff.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The tokens and weights of a sparse vector while they come one by one. It keeps no table of the tokens; that none repeats
 * is looked at once, in the end. Not safe for use by several threads.
 */
public final class SparseVectorBuilder {
    /** An encoder makes a few dozen to a few hundred tokens. */
    private static final int FIRST_CAPACITY = 64;

    private String[] tokens = new String[FIRST_CAPACITY];
    private float[] weights = new float[FIRST_CAPACITY];
    private int size;

    /** Takes a token behind those that are there; what is wrong with it is said by {@link #build}. */
    public void add(String token, float weight) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
            weights = Arrays.copyOf(weights, 2 * size);
        }
        tokens[size] = token;
        weights[size++] = weight;
    }

    /** How many tokens were taken, those of weight 0 and those that repeat included. */
    public int size() {
        return size;
    }

    /**
     * The vector, in the order in which its tokens came.
     *
     * @throws IllegalArgumentException as {@link SparseVector#of(String[], float[])} does
     */
    public SparseVector build() {
        return SparseVector.of(tokens, weights, size, false);
    }

    /** The vector of all tokens of two, each with the larger of its weights. */
    public static SparseVector largestOf(SparseVector one, SparseVector other) {
        SparseVectorBuilder larger = new SparseVectorBuilder();
        Map<String, Integer> places = new HashMap<>();
        for (SparseVector vector : new SparseVector[] {one, other}) {
            for (int i = 0; i < vector.size(); i++) {
                Integer place = places.putIfAbsent(vector.token(i), larger.size);
                if (place == null) {
                    larger.add(vector.token(i), vector.weight(i));
                } else {
                    larger.weights[place] = Math.max(larger.weights[place], vector.weight(i));
                }
            }
        }
        return SparseVector.of(larger.tokens, larger.weights, larger.size, true);
    }
}
