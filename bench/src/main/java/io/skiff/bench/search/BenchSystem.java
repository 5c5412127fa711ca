package io.skiff.bench.search;

import java.io.IOException;

/** A search system with the benchmark's queries prepared. */
interface BenchSystem {
    /** What it is called in the tables. */
    String name();

    /** The hits of a query; what is timed. */
    Object search(int query, int k) throws IOException;

    /** The scores of what {@link #search} returned, best first, as dot products of whole weights. */
    double[] scores(Object hits);

    /** Whether its hits are those of highest score, and not only most of them. */
    default boolean isExact() {
        return true;
    }

    /** The share of the index's blocks whose documents were scored for a query; NaN if it has no blocks. */
    default double scoredBlockShare(int query, int k) {
        return Double.NaN;
    }
}
