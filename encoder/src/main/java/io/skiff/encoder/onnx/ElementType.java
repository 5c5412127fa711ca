package io.skiff.encoder.onnx;

/** The element types of ONNX tensors that matter here, under ONNX's own numbers (TensorProto.DataType). */
enum ElementType {
    FLOAT(1),
    INT32(6),
    INT64(7),
    FLOAT16(10),
    BFLOAT16(16),
    OTHER(0);

    private final int number;

    ElementType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ElementType of(long number) {
        for (ElementType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return OTHER;
    }

    /** Whether a model may give its logits in this type. */
    boolean isFloatingPoint() {
        return this == FLOAT || this == FLOAT16 || this == BFLOAT16;
    }
}
