package io.skiff.server.rest.search;

/** A score as answers show it. */
final class ShownScore {
    private ShownScore() {}

    /** A whole score is an exact dot product of integers and may pass what a float holds; others are floats. */
    static double of(double score) {
        return score == Math.rint(score) ? score : (float) score;
    }
}
