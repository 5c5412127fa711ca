package io.skiff.encoder.onnx;

/** How the weights of a text's positions become one weight per token of the vocabulary. */
public enum Pooling {
    /** The largest over the positions (SPLADE v2 and later). */
    MAX,
    /** The sum over the positions (the first SPLADE). */
    SUM
}
