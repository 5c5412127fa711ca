package io.skiff.index;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The seed of randomized tests: {@code -Dskiff.seed=N} replays a failure. */
final class Seed {
    static final long VALUE = Long.getLong("skiff.seed", 20_251L);

    private Seed() {}

    static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(VALUE);
    }

    /** What a failing assertion is to say. */
    static String message() {
        return "with -Dskiff.seed=" + VALUE;
    }
}
