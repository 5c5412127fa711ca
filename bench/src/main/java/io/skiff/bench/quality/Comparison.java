package io.skiff.bench.quality;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.inference.TTest;

/**
 * Two runs, query by query, by one metric.
 *
 * @param queryCount queries that both runs have
 * @param baseline mean of the first run over these
 * @param other mean of the second run over these
 * @param wins queries on which the second is better
 * @param ties queries on which they are equal
 * @param losses queries on which the second is worse
 * @param tTest two-sided p-value of the paired t-test, NaN with fewer than two queries
 * @param randomization two-sided p-value of the paired randomization test, NaN with fewer than two queries
 */
public record Comparison(
        int queryCount,
        double baseline,
        double other,
        int wins,
        int ties,
        int losses,
        double tTest,
        double randomization) {
    /** Values closer than this are equal: the same ranking, summed in another order. */
    private static final double EPSILON = 1e-9;

    /** Enough for the four decimals that are shown. */
    private static final int PERMUTATIONS = 10_000;

    /** Fixed, so that the same runs always give the same p-value. */
    private static final long SEED = 20_070_611;

    /** Compares two evaluations by the metric at {@code i} of both. */
    public static Comparison of(Evaluation baseline, Evaluation other, int i) {
        String[] queries = baseline.values().keySet().stream()
                .filter(other.values()::containsKey)
                .toArray(String[]::new);
        double[] a = Arrays.stream(queries)
                .mapToDouble(query -> baseline.values().get(query)[i])
                .toArray();
        double[] b = Arrays.stream(queries)
                .mapToDouble(query -> other.values().get(query)[i])
                .toArray();
        double[] differences = new double[queries.length];
        Arrays.setAll(differences, q -> b[q] - a[q]);
        int wins = (int) Arrays.stream(differences).filter(d -> d > EPSILON).count();
        int losses = (int) Arrays.stream(differences).filter(d -> d < -EPSILON).count();
        boolean testable = queries.length > 1;
        return new Comparison(
                queries.length,
                Arrays.stream(a).average().orElse(Double.NaN),
                Arrays.stream(b).average().orElse(Double.NaN),
                wins,
                queries.length - wins - losses,
                losses,
                testable ? tTest(a, b, wins + losses > 0) : Double.NaN,
                testable ? randomization(differences) : Double.NaN);
    }

    /** Without any difference the statistic is 0/0, and nothing speaks against the runs being equal. */
    private static double tTest(double[] a, double[] b, boolean differ) {
        return differ ? new TTest().pairedTTest(b, a) : 1;
    }

    /**
     * The part of random swaps of the two runs, query by query, that leaves a mean difference as large as the observed
     * one (Fisher's test; Smucker, Allan and Carterette, CIKM 2007, compare it with the t-test for retrieval).
     */
    private static double randomization(double[] differences) {
        SplittableRandom random = new SplittableRandom(SEED);
        double observed = Math.abs(Arrays.stream(differences).sum()) - EPSILON;
        int asLarge = 1;
        for (int permutation = 0; permutation < PERMUTATIONS; permutation++) {
            double sum = 0;
            long signs = 0;
            for (int q = 0; q < differences.length; q++) {
                signs = q % Long.SIZE == 0 ? random.nextLong() : signs >>> 1;
                sum += (signs & 1) == 0 ? differences[q] : -differences[q];
            }
            asLarge += Math.abs(sum) >= observed ? 1 : 0;
        }
        return asLarge / (PERMUTATIONS + 1.0);
    }
}
