package io.skiff.scoring;

/**
 * The inner loops of a search that exist twice: pure functions over arrays, {@link ScalarKernels} being the
 * specification that the SIMD twin equals bit for bit.
 */
public interface Kernels {
    /**
     * Looks through {@code scores[from..to)} for matches (scores above zero) and candidates (scores above
     * {@code threshold}).
     *
     * @param scores by docId, none negative; left as they are
     * @param threshold 0 or more
     * @param candidates receives the docIds of the candidates from its start, ascending; as long as the range at least
     * @return both counts: {@link #matchCount} and {@link #candidateCount} take them apart
     */
    long scan(int[] scores, int from, int to, int threshold, int[] candidates);

    /** The width of the registers used, in bits; 64 without the Vector API. */
    int registerBits();

    /** The matches in what {@link #scan} returned. */
    static int matchCount(long counts) {
        return (int) (counts >>> 32);
    }

    /** The candidates in what {@link #scan} returned. */
    static int candidateCount(long counts) {
        return (int) counts;
    }

    /**
     * The kernels of that name, for benchmarks and tests; a search takes what {@link SimdSupport} describes.
     *
     * @param name a value of the property {@value KernelChoice#PROPERTY}
     * @throws IllegalArgumentException if there are none of that name
     * @throws IllegalStateException if this JVM or machine cannot run them
     */
    static Kernels named(String name) {
        return KernelChoice.of(name).kernels();
    }
}
