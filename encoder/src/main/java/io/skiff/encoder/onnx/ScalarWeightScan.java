package io.skiff.encoder.onnx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The specification, and what runs where the Vector API is not there. */
final class ScalarWeightScan implements WeightScan {
    @Override
    public int positions(MemorySegment row, int width, float threshold, int[] positions) {
        int count = 0;
        for (int i = 0; i < width; i++) {
            if (!(row.get(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) i * Float.BYTES) <= threshold)) {
                positions[count++] = i;
            }
        }
        return count;
    }
}
