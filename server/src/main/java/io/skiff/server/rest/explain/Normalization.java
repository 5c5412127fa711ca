package io.skiff.server.rest.explain;

import io.skiff.scoring.Hit;
import java.util.List;

/**
 * How the scores of a list are brought to one scale with others.
 *
 * @param kind in which way
 * @param least the least score of the list
 * @param largest the largest
 * @param length the length of the list of scores as a vector
 */
public record Normalization(Kind kind, double least, double largest, double length) {
    /** Ways to do it. */
    public enum Kind {
        /** Not at all. */
        NONE,
        /** To 0..1, from the least to the largest of the list. */
        MINMAX,
        /** Divided by the length of the list of scores as a vector. */
        L2_NORM
    }

    /** That of a list by descending score. */
    public static Normalization of(Kind kind, List<Hit> hits) {
        if (hits.isEmpty() || kind == Kind.NONE) {
            return new Normalization(Kind.NONE, 0, 0, 0);
        }
        double length = Math.sqrt(
                hits.stream().mapToDouble(hit -> hit.score() * hit.score()).sum());
        return new Normalization(kind, hits.getLast().score(), hits.getFirst().score(), length);
    }

    /** A score of the list on the new scale. */
    public double apply(double score) {
        return switch (kind) {
            case NONE -> score;
            // Where all are equal, all are best.
            case MINMAX -> largest == least ? 1 : (score - least) / (largest - least);
            case L2_NORM -> length == 0 ? score : score / length;
        };
    }

    /** What a part of a score counts for on the new scale, nothing subtracted. */
    double factor(double score) {
        return switch (kind) {
            case NONE -> 1;
            case MINMAX -> largest > least ? 1 / (largest - least) : score == 0 ? 0 : 1 / score;
            case L2_NORM -> length == 0 ? 1 : 1 / length;
        };
    }

    String description(double score) {
        return switch (kind) {
            case NONE -> "score " + score;
            case MINMAX ->
                largest == least
                        ? "minmax: all scores of the list are " + score
                        : "minmax: (" + score + " - " + least + ") / (" + largest + " - " + least + ")";
            case L2_NORM -> "l2_norm: " + score + " / " + length;
        };
    }
}
