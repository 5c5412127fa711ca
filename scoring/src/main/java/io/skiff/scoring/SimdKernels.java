package io.skiff.scoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels over the Vector API, one class for every register width.
 *
 * <p>C2 compiles vector code well only where the species is a constant, so every width is a hidden class of its own,
 * defined from the bytes of this one with the species as its class data: one source, a {@code static final} species
 * in each, and type profiles that the widths do not share. Loops follow three rules that keep vectors off the heap:
 * a vector carried round a loop is never a receiver; no method here has a vector or mask in its signature; one loop
 * per static method.
 */
final class SimdKernels implements Kernels {
    /** Null only in this class itself, which has no instances. */
    private static final VectorSpecies<Integer> SPECIES = speciesOfThisClass();

    private SimdKernels() {}

    /** The widest registers that the JVM uses on this machine, in bits. */
    static int widestBits() {
        return VectorShape.preferredShape().vectorBitSize();
    }

    /** Kernels for registers of {@code bits}, a power of two from 128 to {@link #widestBits()}. */
    static Kernels ofWidth(int bits) {
        VectorSpecies<Integer> species = VectorSpecies.of(int.class, VectorShape.forBitSize(bits));
        try (InputStream template = SimdKernels.class.getResourceAsStream("SimdKernels.class")) {
            MethodHandles.Lookup hidden =
                    MethodHandles.lookup().defineHiddenClassWithClassData(template.readAllBytes(), species, true);
            return (Kernels) hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class file of " + SimdKernels.class.getName(), e);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot set up SIMD kernels of " + bits + " bits", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static VectorSpecies<Integer> speciesOfThisClass() {
        try {
            return (VectorSpecies<Integer>)
                    MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, VectorSpecies.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a class may read its own data", e);
        }
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
