package io.skiff.bench.corpus;

import java.util.SplittableRandom;

/**
 * Draws {@code exp(N(0, sigma))} from a table, so that a corpus is the same on every machine (the intrinsics of
 * {@code Math.exp} may differ in the last bit) and costs one lookup per posting.
 */
final class LogNormal {
    private static final int SIZE = 1 << 16;

    private final double[] factors = new double[SIZE];

    LogNormal(double sigma) {
        SplittableRandom random = new SplittableRandom(SIZE);
        for (int i = 0; i < SIZE; i++) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            factors[i] = StrictMath.exp(sigma * radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble()));
        }
    }

    double next(SplittableRandom random) {
        return factors[random.nextInt(SIZE)];
    }
}
