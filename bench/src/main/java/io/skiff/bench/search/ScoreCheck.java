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
        for (int query = 0; query < queryCount; query++) {
            double[] expected = reference.scores(reference.search(query, k));
            for (BenchSystem system : systems.subList(1, systems.size())) {
                compare(reference, expected, system, system.scores(system.search(query, k)), query, k);
            }
        }
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
