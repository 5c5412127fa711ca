package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BoundScaleTest {
    private final BoundScale scale = new BoundScale();
    private int[] dense = {};

    @Test
    void boundsAreNeverTooLowAndNeverOverflow() {
        for (int round = 0; round < 2_000; round++) {
            Random random = Seed.random(500 + round);
            SegmentTerms terms = terms(random);
            fit(terms, random);
            String what = "round " + round + Seed.describe();
            assertTrue(sum(terms, new Random(0), true)[0] <= BoundScale.MAX_BOUND, what);
            for (int block = 0; block < 20; block++) {
                long[] boundAndScore = sum(terms, random, false);
                int bound = (int) boundAndScore[0];
                int score = (int) boundAndScore[1];
                assertTrue(scale.scoreLimit(bound) >= score, what);
                assertEquals(score == 0, bound == 0, what);
                assertTrue(score == 0 || scale.boundFor(score) <= bound, what);
            }
        }
    }

    @Test
    void theBoundForAScoreIsTheSmallest() {
        for (int round = 0; round < 500; round++) {
            Random random = Seed.random(9_000 + round);
            fit(terms(random), random);
            int score = 1 + random.nextInt(1 + scale.scoreLimit(BoundScale.MAX_BOUND) / 2);
            int bound = scale.boundFor(score);
            String what = "round " + round + Seed.describe();
            assertTrue(scale.scoreLimit(bound) >= score, what);
            assertTrue(bound == 1 || scale.scoreLimit(bound - 1) < score, what);
        }
    }

    @Test
    void smallWholeScoresAreTheirOwnBounds() {
        SegmentTerms terms = new SegmentTerms();
        terms.add(0, 3, 255, 1);
        terms.add(1, 100, 200, 1);
        fit(terms, new Random(0));
        for (int bound = 1; bound < 20_000; bound++) {
            assertEquals(bound, scale.scoreLimit(bound));
            assertEquals(bound, scale.boundFor(bound));
        }
    }

    /** Queries of one to thousands of terms, light, heavy and mixed, up to where scores fill 31 bits. */
    private static SegmentTerms terms(Random random) {
        int count = random.nextInt(20) == 0 ? 1 + random.nextInt(8_192) : 1 + random.nextInt(60);
        int heaviest = random.nextBoolean() ? Math.min(65_535, QueryPlan.MAX_WEIGHT_SUM / count) : 300;
        SegmentTerms terms = new SegmentTerms();
        for (int i = 0; i < count; i++) {
            int weight = random.nextInt(3) == 0 ? heaviest : 1 + random.nextInt(heaviest);
            int largestImpact = random.nextInt(3) == 0 ? 255 : 1 + random.nextInt(255);
            terms.add(i, weight, largestImpact, 1);
        }
        return terms;
    }

    /** Some of the terms are dense. */
    private void fit(SegmentTerms terms, Random random) {
        int kept = random.nextInt(4);
        dense = IntStream.range(0, terms.count())
                .filter(i -> random.nextInt(3) < kept)
                .toArray();
        DenseTerms added = new DenseTerms();
        added.clear(terms.count());
        for (int position : dense) {
            added.add(position, null);
        }
        scale.fit(terms, added);
    }

    /** The bound of a block and the best score in it, if a document has the block's maximum of every term. */
    private long[] sum(SegmentTerms terms, Random random, boolean largest) {
        long score = 0;
        long[] products = new long[terms.count()];
        for (int i = 0; i < terms.count(); i++) {
            boolean present = largest || random.nextInt(4) > 0;
            int maximum = largest ? terms.largestImpact(i) : present ? random.nextInt(terms.largestImpact(i) + 1) : 0;
            products[i] = (long) scale.multiplier(i) * maximum;
            score += (long) terms.weight(i) * maximum;
        }
        for (int i = 0; i < dense.length; i++) {
            int first = dense[i / 4 * 4];
            assertEquals(scale.shift(first), scale.shift(dense[i]));
            if (dense[i] != first) {
                products[first] += products[dense[i]];
                products[dense[i]] = 0;
            }
        }
        long bound = 0;
        for (int i = 0; i < terms.count(); i++) {
            int up = (1 << scale.shift(i)) - 1;
            assertTrue(products[i] + up < 1 << Short.SIZE);
            bound += (products[i] + up) >>> scale.shift(i);
        }
        return new long[] {bound, score};
    }
}
