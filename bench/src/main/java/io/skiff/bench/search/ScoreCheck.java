package io.skiff.bench.search;

import java.io.IOException;
import java.util.List;

/** Holds the results of all systems against each other: the same scores at the same ranks, for every query. */
final class ScoreCheck {
    private ScoreCheck() {}

    /** Systems disagree, so at least one of them is wrong and no time of theirs means anything. */
    static final class MismatchException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MismatchException(String message) {
            super(message);
        }
    }

    /** Compares scores and not documents, because documents of equal score may trade places. */
    static void verify(List<BenchSystem> systems, int queryCount, int k) throws IOException {
        BenchSystem reference = systems.getFirst();
        List<BenchSystem> exact = systems.subList(1, systems.size()).stream()
                .filter(BenchSystem::isExact)
                .toList();
        for (int query = 0; query < queryCount; query++) {
            double[] expected = reference.scores(reference.search(query, k));
            for (BenchSystem system : exact) {
                compare(reference, expected, system, system.scores(system.search(query, k)), query, k);
            }
        }
    }

    /**
     * How many of the best {@code k} a system finds, on the mean over the queries: a hit counts if it scores no less than
     * the k-th of the reference.
     */
    static double recall(BenchSystem reference, BenchSystem system, int queryCount, int k) throws IOException {
        double sum = 0;
        for (int query = 0; query < queryCount; query++) {
            double[] expected = reference.scores(reference.search(query, k));
            double[] actual = system.scores(system.search(query, k));
            int found = 0;
            for (double score : actual) {
                found += score >= expected[expected.length - 1] ? 1 : 0;
            }
            sum += expected.length == 0 ? 1 : (double) found / expected.length;
        }
        return sum / queryCount;
    }

    private static void compare(
            BenchSystem reference, double[] expected, BenchSystem system, double[] actual, int query, int k) {
        String where = "query " + query + ", k=" + k + ": ";
        if (expected.length != actual.length) {
            throw new MismatchException(where + reference.name() + " has " + expected.length + " hits, " + system.name()
                    + " has " + actual.length);
        }
        for (int rank = 0; rank < expected.length; rank++) {
            if (expected[rank] != actual[rank]) {
                throw new MismatchException(where + "at rank " + (rank + 1) + " " + reference.name() + " has score "
                        + expected[rank] + ", " + system.name() + " has " + actual[rank]);
            }
        }
    }
}
