package io.skiff.scoring;

import java.util.Random;

/** Randomness that can be replayed: the seed is the system property {@code skiff.seed}, or a fixed one. */
final class Seed {
    /** To be named in every assertion on random input. */
    static final long VALUE = Long.getLong("skiff.seed", 20_251_123L);

    private Seed() {}

    /** A fresh generator, the same for the same seed and salt. */
    static Random random(long salt) {
        return new Random(VALUE * 31 + salt);
    }

    /** The end of an assertion's message: which input it was. */
    static String describe() {
        return " (-Dskiff.seed=" + VALUE + ")";
    }
}
