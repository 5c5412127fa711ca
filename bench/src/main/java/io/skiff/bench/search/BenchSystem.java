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
}
