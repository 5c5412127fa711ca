package io.skiff.encoder.onnx;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The declared name, element type and shape of an input or output.
 *
 * @param dimensions one entry a dimension, {@link #UNKNOWN} where the graph leaves it open
 */
record TensorInfo(String name, ElementType type, List<Long> dimensions) {
    static final long UNKNOWN = -1;

    TensorInfo {
        dimensions = List.copyOf(dimensions);
    }

    int rank() {
        return dimensions.size();
    }

    long lastDimension() {
        return dimensions.isEmpty() ? UNKNOWN : dimensions.getLast();
    }

    /** As {@code logits float[?,?,30522]}. */
    @Override
    public String toString() {
        return name + " "
                + type.name().toLowerCase(java.util.Locale.ROOT)
                + dimensions.stream()
                        .map(dimension -> dimension == UNKNOWN ? "?" : dimension.toString())
                        .collect(Collectors.joining(",", "[", "]"));
    }
}
