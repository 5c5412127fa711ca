package io.skiff.scoring;

/**
 * Maps the contributions of a query's terms to 16-bit bounds, never too low.
 *
 * <p>A bound b stands for scores up to {@code b * unit / 256}. Each term has a multiplier and a shift such that
 * {@code (multiplier * maximum + (1 << shift) - 1) >>> shift} is at least its contribution in that unit; the product fits
 * 16 unsigned bits and the sum over all terms 15, so that lanes compare as signed numbers. A bound is 0 only where no
 * term of the query is present. Used again for every query.
 */
final class BoundScale {
    /** Largest sum of bounds. */
    static final int MAX_BOUND = Short.MAX_VALUE;

    private static final int UNIT_BITS = 8;
    private static final int MAX_MULTIPLIER = 255;
    private static final int MAX_SHIFT = 8;

    private int[] multipliers = {};
    private int[] shifts = {};
    private long unit;

    /** Chooses the finest unit that fits the essential terms. */
    void fit(SegmentTerms terms) {
        if (multipliers.length < terms.essentialCount()) {
            multipliers = new int[terms.essentialCount()];
            shifts = new int[terms.essentialCount()];
        }
        long largestSum = 0;
        long heaviest = 0;
        for (int i = 0; i < terms.essentialCount(); i++) {
            largestSum += (long) terms.weight(i) * terms.largestImpact(i);
            heaviest = Math.max(heaviest, terms.weight(i));
        }
        unit = Math.max(1 << UNIT_BITS, Math.ceilDiv(largestSum << UNIT_BITS, MAX_BOUND));
        unit = Math.max(unit, Math.ceilDiv(heaviest << UNIT_BITS, MAX_MULTIPLIER));
        for (long sum = assign(terms); sum > MAX_BOUND; sum = assign(terms)) {
            unit = Math.max(unit + 1, unit * sum / MAX_BOUND);
        }
    }

    int multiplier(int term) {
        return multipliers[term];
    }

    int shift(int term) {
        return shifts[term];
    }

    /** No document in a block of this bound scores more. */
    int scoreLimit(int bound) {
        return (int) Math.min(Integer.MAX_VALUE, (bound * unit) >>> UNIT_BITS);
    }

    /** The smallest bound of a block that may hold a document of this score, at least 1. */
    int boundFor(int score) {
        return (int) Math.max(1, Math.ceilDiv((long) score << UNIT_BITS, unit));
    }

    private long assign(SegmentTerms terms) {
        long sum = 0;
        for (int i = 0; i < terms.essentialCount(); i++) {
            int shift = MAX_SHIFT;
            while (multiplier(terms.weight(i), shift) > MAX_MULTIPLIER) {
                shift--;
            }
            multipliers[i] = (int) multiplier(terms.weight(i), shift);
            shifts[i] = shift;
            sum += (multipliers[i] * terms.largestImpact(i) + (1 << shift) - 1) >>> shift;
        }
        return sum;
    }

    private long multiplier(int weight, int shift) {
        return Math.ceilDiv((long) weight << (shift + UNIT_BITS), unit);
    }
}
