package io.skiff.bench.corpus;

import java.util.List;
import java.util.stream.IntStream;

/** The nearest vectors of every vector of a pool, by cosine. */
final class Neighbors {
    static final int COUNT = 30;

    private Neighbors() {}

    /** For every vector the positions of its nearest others, nearest first, ties by position. */
    static int[][] of(List<WeightedTokens> vectors, int vocabularySize) {
        int[] frequency = new int[vocabularySize];
        for (WeightedTokens vector : vectors) {
            for (int token : vector.tokens()) {
                frequency[token]++;
            }
        }
        int[][] owners = new int[vocabularySize][];
        double[][] shares = new double[vocabularySize][];
        for (int token = 0; token < vocabularySize; token++) {
            owners[token] = new int[frequency[token]];
            shares[token] = new double[frequency[token]];
        }
        for (int v = vectors.size() - 1; v >= 0; v--) {
            WeightedTokens vector = vectors.get(v);
            double norm = norm(vector);
            for (int i = 0; i < vector.size(); i++) {
                int slot = --frequency[vector.tokens()[i]];
                owners[vector.tokens()[i]][slot] = v;
                shares[vector.tokens()[i]][slot] = vector.weights()[i] / norm;
            }
        }
        return IntStream.range(0, vectors.size())
                .parallel()
                .mapToObj(v -> nearest(v, vectors.get(v), owners, shares, vectors.size()))
                .toArray(int[][]::new);
    }

    private static int[] nearest(int self, WeightedTokens vector, int[][] owners, double[][] shares, int count) {
        double[] cosines = new double[count];
        for (int i = 0; i < vector.size(); i++) {
            int[] owner = owners[vector.tokens()[i]];
            double[] share = shares[vector.tokens()[i]];
            for (int j = 0; j < owner.length; j++) {
                cosines[owner[j]] += vector.weights()[i] * share[j];
            }
        }
        cosines[self] = -1;
        int[] nearest = new int[Math.min(COUNT, count - 1)];
        int found = 0;
        for (int v = 0; v < count; v++) {
            if (found < nearest.length || cosines[v] > cosines[nearest[found - 1]]) {
                int slot = found < nearest.length ? found++ : found - 1;
                for (; slot > 0 && cosines[v] > cosines[nearest[slot - 1]]; slot--) {
                    nearest[slot] = nearest[slot - 1];
                }
                nearest[slot] = v;
            }
        }
        return nearest;
    }

    private static double norm(WeightedTokens vector) {
        double sum = 0;
        for (int weight : vector.weights()) {
            sum += weight * weight;
        }
        return StrictMath.sqrt(sum);
    }
}
