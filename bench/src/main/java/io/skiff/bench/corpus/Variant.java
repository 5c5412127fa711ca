package io.skiff.bench.corpus;

import java.util.Locale;

/** What is done to the corpus to make pruning harder. */
public enum Variant {
    /** Nothing: topics and weights as the pool has them. */
    DEFAULT(false, false),
    /** Every token is dealt to documents at random, so no two tokens go together. */
    NO_TOPICS(true, false),
    /** The weights are squeezed into a tenth around 100, so no document stands out. */
    FLAT(false, true),
    /** Both of these. */
    BOTH(true, true);

    private final boolean withoutTopics;
    private final boolean flatWeights;

    Variant(boolean withoutTopics, boolean flatWeights) {
        this.withoutTopics = withoutTopics;
        this.flatWeights = flatWeights;
    }

    boolean withoutTopics() {
        return withoutTopics;
    }

    boolean flatWeights() {
        return flatWeights;
    }

    /** The name as it is typed: {@code no-topics}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
