package io.skiff.scoring;

import io.skiff.index.Limits;
import java.util.Arrays;

/**
 * Maps the contributions of a query's terms to 16-bit bounds.
 *
 * <p>Terms have multipliers, and come alone or in groups of up to four that share a shift: together they add
 * {@code (sum of multiplier x maximum + 2^shift - 1) >>> shift} to a block's bound. That sum fits 16 unsigned bits and the
 * sum over all terms 15, so that lanes compare as signed numbers. A bound is 0 only where no term of the query is present.
 *
 * <p>Multipliers are rounded up or down. What those that were rounded down may lack is made up for by {@link #scoreLimit}
 * and {@link #boundFor}, so a bound is never too low for them. Used again for every query.
 */
final class BoundScale {
    /** Largest sum of bounds. */
    static final int MAX_BOUND = Short.MAX_VALUE;

    private static final int UNIT_BITS = 8;
    private static final int MAX_SHIFT = 8;

    /** Units that are tried, and how many there are to the double of the finest. */
    private static final int UNITS = 24;

    private static final int UNIT_STEPS = 75;

    /**
     * A multiplier is rounded down if what is cut off is no more. What rounding down loses is made up for in every block,
     * what rounding up adds is added only as far as a block has the term: about a third of it, in blocks that matter.
     */
    private static final double MOST_CUT_OFF = .25;

    private static final int RAISED_PART = 3;

    /** The part of the largest bound that is kept free at first for what rounding adds, so that the first unit mostly fits. */
    private static final int ROOM = 64;

    private static final int MAX_PRODUCTS = (1 << Short.SIZE) - 1;

    private int[] multipliers = {};
    private int[] shifts = {};
    /** Of each term, for {@link #excess}: its multiplier if the unit were 1, and what one more of it adds at most. */
    private double[] exactMultipliers = {};

    private double[] steps = {};
    /** What a bound of 1 stands for, in scores of 8 binary places. */
    private long unit;

    /** Its reciprocal, which a division would be dearer than. */
    private double perUnit;

    /** What multipliers that were rounded down lose at most, in bounds of 8 binary places. */
    private long lost;

    /** What multipliers that were rounded up add at most, likewise. */
    private long raised;

    /** What is lost, in whole bounds. */
    private long slack;

    /**
     * Chooses the finest unit that fits the essential terms.
     *
     * @param dense the dense ones, whose groups share shifts
     */
    void fit(SegmentTerms terms, DenseTerms dense) {
        int count = terms.essentialCount();
        if (multipliers.length < count) {
            multipliers = new int[count];
            shifts = new int[count];
            exactMultipliers = new double[count];
            steps = new double[count];
        }
        long largestSum = 0;
        for (int i = 0; i < count; i++) {
            largestSum += terms.contribution(i);
        }
        unit = Math.max(1 << UNIT_BITS, Math.ceilDiv(largestSum << UNIT_BITS, MAX_BOUND - MAX_BOUND / ROOM));
        long sum = assign(terms, dense);
        while (sum > MAX_BOUND) {
            unit = Math.max(unit + 1, unit * sum / MAX_BOUND);
            sum = assign(terms, dense);
        }
        chooseUnit(terms, dense);
        slack = Math.ceilDiv(lost, 1L << UNIT_BITS);
    }

    /**
     * Takes the unit, of some that are a little coarser than the finest, that the multipliers are rounded the least for:
     * bounds that are too high by a thousandth of the largest score have 3 % more blocks scored.
     */
    private void chooseUnit(SegmentTerms terms, DenseTerms dense) {
        if (lost + raised == 0) {
            return;
        }
        int count = terms.essentialCount();
        for (int i = 0; i < count; i++) {
            exactMultipliers[i] = (double) ((long) terms.weight(i) << (shifts[i] + UNIT_BITS));
            steps[i] = terms.largestImpact(i) * (1.0 / (1 << shifts[i]));
        }
        long finest = unit;
        double least = excess(count, finest);
        for (int i = 1; i < UNITS; i++) {
            long coarser = finest + i * finest / UNIT_STEPS;
            double excess = excess(count, coarser);
            if (excess < least) {
                least = excess;
                unit = coarser;
            }
        }
        if (unit != finest && assign(terms, dense) > MAX_BOUND) {
            unit = finest;
            assign(terms, dense);
        }
    }

    /** By how much bounds would be too high with another unit, in scores: about, as shifts might change with it. */
    private double excess(int count, long otherUnit) {
        double perOther = 1.0 / otherUnit;
        double sum = 0;
        double magnitudes = 0;
        for (int i = 0; i < count; i++) {
            double exact = exactMultipliers[i] * perOther;
            double difference = (exact - Math.floor(exact + (1 - MOST_CUT_OFF))) * steps[i];
            sum += difference;
            magnitudes += Math.abs(difference);
        }
        double down = (magnitudes + sum) / 2;
        double up = (magnitudes - sum) / 2;
        return (down + up / RAISED_PART) * otherUnit;
    }

    int multiplier(int term) {
        return multipliers[term];
    }

    int shift(int term) {
        return shifts[term];
    }

    /** No document in a block of this bound, at least 1, scores more. */
    int scoreLimit(int bound) {
        return (int) Math.min(Integer.MAX_VALUE, ((bound + slack) * unit) >>> UNIT_BITS);
    }

    /** The smallest bound of a block that may hold a document of this score, at least 1. */
    int boundFor(int score) {
        return (int) Math.max(1, Math.ceilDiv((long) score << UNIT_BITS, unit) - slack);
    }

    /** Gives every term its multiplier and shift; returns the largest sum of bounds. */
    private long assign(SegmentTerms terms, DenseTerms dense) {
        perUnit = 1.0 / unit;
        lost = 0;
        raised = 0;
        long sum = 0;
        Arrays.fill(multipliers, 0, terms.essentialCount(), 0);
        for (int first = 0, end; first < dense.count(); first = end) {
            end = dense.groupEnd(first);
            int shift = mostShift(contribution(terms, dense, first, end), end - first);
            long products = assignGroup(terms, dense, first, end, shift);
            while (products + (1 << shift) - 1 > MAX_PRODUCTS) {
                products = assignGroup(terms, dense, first, end, --shift);
            }
            for (int i = first; i < end; i++) {
                addRounding(terms, dense.position(i));
            }
            sum += (products + (1 << shift) - 1) >>> shift;
        }
        for (int term = 0; term < terms.essentialCount(); term++) {
            if (multipliers[term] > 0) {
                continue;
            }
            int shift = mostShift(terms.contribution(term), 1);
            long product = assignOne(terms, term, shift);
            while (product + (1 << shift) - 1 > MAX_PRODUCTS) {
                product = assignOne(terms, term, --shift);
            }
            addRounding(terms, term);
            sum += (product + (1 << shift) - 1) >>> shift;
        }
        lost = Math.ceilDiv(lost, unit);
        raised /= unit;
        return sum;
    }

    /**
     * A shift that is not too small for terms of so large a contribution, and rarely too large, so that few have to be
     * tried: fitting 25 terms took 7.6 us with all shifts tried and a division for each term, and takes 5.0.
     */
    private int mostShift(long contribution, int termCount) {
        // What products may be below the exact ones: a part of an impact each for multipliers that are rounded down.
        double most = MAX_PRODUCTS + termCount * (Limits.MAX_IMPACT * MOST_CUT_OFF + 1);
        double exact = (double) (contribution << UNIT_BITS) * perUnit;
        return Math.clamp(Math.getExponent(most / Math.max(exact, 1)), 0, MAX_SHIFT);
    }

    private static long contribution(SegmentTerms terms, DenseTerms dense, int first, int end) {
        long sum = 0;
        for (int i = first; i < end; i++) {
            sum += terms.contribution(dense.position(i));
        }
        return sum;
    }

    private long assignGroup(SegmentTerms terms, DenseTerms dense, int first, int end, int shift) {
        long products = 0;
        for (int i = first; i < end; i++) {
            products += assignOne(terms, dense.position(i), shift);
        }
        return products;
    }

    /** Returns the largest product. */
    private long assignOne(SegmentTerms terms, int term, int shift) {
        long exact = (long) terms.weight(term) << (shift + UNIT_BITS);
        // A product that is too large for an int is too large for the caller, too. Where doubles round a multiplier
        // to the other side than they should, what that loses is counted all the same.
        long multiplier = Math.clamp((long) (exact * perUnit + (1 - MOST_CUT_OFF)), 1, 1 << Short.SIZE);
        multipliers[term] = (int) multiplier;
        shifts[term] = shift;
        return multiplier * terms.largestImpact(term);
    }

    /** Counts what rounding loses or adds, in scores of 16 binary places, of which {@link #assign} makes bounds. */
    private void addRounding(SegmentTerms terms, int term) {
        int shift = shifts[term];
        long exact = (long) terms.weight(term) << (shift + UNIT_BITS);
        long difference = ((exact - multipliers[term] * unit) * terms.largestImpact(term)) << (UNIT_BITS - shift);
        if (difference > 0) {
            lost += difference;
        } else {
            raised -= difference;
        }
    }
}
