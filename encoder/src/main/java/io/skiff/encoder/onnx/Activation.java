package io.skiff.encoder.onnx;

/** What turns a logit into a weight. */
public enum Activation {
    /** Nothing: the model's output is the weight. */
    NONE,
    /** {@code log(1 + max(0, x))}, as in SPLADE. */
    LOG1P_RELU,
    /** {@code log(1 + log(1 + max(0, x)))}, as in OpenSearch's v3 models. */
    DOUBLE_LOG1P
}
