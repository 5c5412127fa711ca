package io.skiff.scoring;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels over the Vector API, one class for every register width ({@link SimdTemplate}).
 *
 * <p>Loops follow three rules that keep vectors off the heap: a vector carried round a loop is never a receiver; no
 * method here has a vector or mask in its signature; one loop per static method.
 */
final class SimdKernels implements Kernels {
    /** Null only in this class itself, which has no instances. */
    private static final VectorSpecies<Integer> SPECIES = SimdTemplate.speciesOf(MethodHandles.lookup());

    private SimdKernels() {}

    /** The widest registers that the JVM uses on this machine, in bits. */
    static int widestBits() {
        return VectorShape.preferredShape().vectorBitSize();
    }

    /** Kernels for registers of {@code bits}, a power of two from 128 to {@link #widestBits()}. */
    static Kernels ofWidth(int bits) {
        return SimdTemplate.instantiate(
                Kernels.class,
                SimdKernels.class,
                MethodHandles.lookup(),
                VectorSpecies.of(int.class, VectorShape.forBitSize(bits)));
    }

    @Override
    public int registerBits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public long scan(int[] scores, int from, int to, int threshold, int[] candidates) {
        int whole = from + SPECIES.loopBound(to - from);
        long counts = scanWhole(scores, from, whole, threshold, candidates);
        return ScalarKernels.scanRange(scores, whole, to, threshold, candidates, counts);
    }

    private static long scanWhole(int[] scores, int from, int to, int threshold, int[] candidates) {
        int matches = 0;
        int found = 0;
        for (int docId = from; docId < to; docId += SPECIES.length()) {
            IntVector lanes = IntVector.fromArray(SPECIES, scores, docId);
            matches += lanes.compare(VectorOperators.GT, 0).trueCount();
            long above = lanes.compare(VectorOperators.GT, threshold).toLong();
            while (above != 0) {
                candidates[found++] = docId + Long.numberOfTrailingZeros(above);
                above &= above - 1;
            }
        }
        return ScalarKernels.pack(matches, found);
    }
}
