package io.skiff.encoder.onnx;

import java.io.IOException;

/** A model file is damaged, or its graph is not one that makes sparse vectors; the message says what was found. */
public final class MalformedModelException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedModelException(String message) {
        super(message);
    }
}
