package io.skiff.encoder.onnx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Compares a register at a time. Weights are rare (about one float in three hundred), so most registers cost a load, a
 * comparison and a branch that is predicted.
 */
final class SimdWeightScan implements WeightScan {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final long ALL_LANES = (1L << SPECIES.length()) - 1;

    @Override
    public int positions(MemorySegment row, int width, float threshold, int[] positions) {
        int count = 0;
        int i = 0;
        for (int end = SPECIES.loopBound(width); i < end; i += SPECIES.length()) {
            // "Not less or equal" is true of NaN too, which must be found, not passed over.
            long passedOver = FloatVector.fromMemorySegment(
                            SPECIES, row, (long) i * Float.BYTES, ByteOrder.nativeOrder())
                    .compare(VectorOperators.LE, threshold)
                    .toLong();
            long found = passedOver ^ ALL_LANES;
            while (found != 0) {
                positions[count++] = i + Long.numberOfTrailingZeros(found);
                found &= found - 1;
            }
        }
        for (; i < width; i++) {
            if (!(row.get(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) i * Float.BYTES) <= threshold)) {
                positions[count++] = i;
            }
        }
        return count;
    }
}
