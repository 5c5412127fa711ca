package io.skiff.bench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final List<Metric> METRICS = List.of(Metric.parse("map"));

    private static Evaluation evaluation(double... values) {
        TreeMap<String, double[]> byQuery = new TreeMap<>();
        for (int q = 0; q < values.length; q++) {
            if (!Double.isNaN(values[q])) {
                byQuery.put("q" + q, new double[] {values[q]});
            }
        }
        return new Evaluation("run", METRICS, byQuery);
    }

    @Test
    void countsWinsTiesAndLossesOfTheSecond() {
        Comparison comparison = Comparison.of(
                evaluation(0.1, 0.5, 0.5, 0.3, Double.NaN, 0.9), evaluation(0.2, 0.6, 0.4, 0.1 + 0.2, 0.7), 0);
        assertEquals(4, comparison.queryCount(), "the queries of both");
        assertEquals(2, comparison.wins());
        assertEquals(1, comparison.ties(), "0.1 + 0.2 is 0.3");
        assertEquals(1, comparison.losses());
        assertEquals(0.35, comparison.baseline(), 1e-12);
        assertEquals(0.375, comparison.other(), 1e-12);
    }

    /** Differences .1 to .5: t = 3 * sqrt(2), and Student's distribution with 4 degrees of freedom has a closed form. */
    @Test
    void pValuesAreThoseComputedByHand() {
        Comparison comparison =
                Comparison.of(evaluation(0.1, 0.1, 0.1, 0.1, 0.1), evaluation(0.2, 0.3, 0.4, 0.5, 0.6), 0);
        double tail = 0.375 * Math.sqrt(18 / 5.5) * (1 - 18 / 5.5 / 12);
        assertEquals(2 * (0.5 - tail), comparison.tTest(), 1e-9);
        // Of the 32 ways to swap, none and all leave as large a difference.
        assertEquals(2 / 32.0, comparison.randomization(), 0.01);
        Comparison reversed =
                Comparison.of(evaluation(0.2, 0.3, 0.4, 0.5, 0.6), evaluation(0.1, 0.1, 0.1, 0.1, 0.1), 0);
        assertEquals(comparison.tTest(), reversed.tTest(), 1e-12);
        assertEquals(comparison.randomization(), reversed.randomization(), "seeded");
        assertEquals(5, reversed.losses());
    }

    @Test
    void equalRunsDoNotDiffer() {
        Comparison comparison = Comparison.of(evaluation(0.1, 0.2, 0.3), evaluation(0.1, 0.2, 0.3), 0);
        assertEquals(3, comparison.ties());
        assertEquals(1, comparison.tTest());
        assertEquals(1, comparison.randomization());
    }

    @Test
    void manyQueriesWithOneConstantDifference() {
        double[] a = new double[100];
        double[] b = new double[100];
        Arrays.fill(b, 0.5);
        Comparison comparison = Comparison.of(evaluation(a), evaluation(b), 0);
        assertEquals(0, comparison.tTest());
        assertEquals(1 / 10_001.0, comparison.randomization(), 1e-12, "only the observed one is as large");
    }

    @Test
    void oneQueryIsNoTest() {
        Comparison comparison = Comparison.of(evaluation(0.1), evaluation(0.2), 0);
        assertEquals(1, comparison.wins());
        assertEquals(Double.NaN, comparison.tTest());
        assertEquals(Double.NaN, comparison.randomization());
        assertEquals(
                0,
                Comparison.of(evaluation(0.1), evaluation(Double.NaN, 0.1), 0).queryCount());
    }
}
