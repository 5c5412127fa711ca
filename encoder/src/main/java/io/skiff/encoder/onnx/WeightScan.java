package io.skiff.encoder.onnx;

import java.lang.foreign.MemorySegment;

/** Finds the weights in a row: the kernel under {@link Sparsifier}, once scalar and once with the Vector API. */
interface WeightScan {
    /**
     * The positions, ascending, of the floats that are greater than a threshold or not a number.
     *
     * @param row {@code width} floats in native order
     * @param positions receives them; at least {@code width} long
     * @return how many
     */
    int positions(MemorySegment row, int width, float threshold, int[] positions);

    /** The fastest scan that this JVM can run. */
    static WeightScan best() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? new SimdWeightScan()
                : new ScalarWeightScan();
    }
}
