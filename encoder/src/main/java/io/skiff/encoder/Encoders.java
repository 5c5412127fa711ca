package io.skiff.encoder;

import java.util.Map;

/** Opens the encoder that an index remembers. */
public final class Encoders {
    /** The attribute of a field that names its encoder. */
    public static final String ENCODER_ATTRIBUTE = "encoder";

    private Encoders() {}

    /**
     * The encoder that wrote a field.
     *
     * @param attributes as {@link SparseEncoder#attributes()} gave them
     * @throws IllegalArgumentException if they name no encoder of this version or one of its parameters is off
     */
    public static SparseEncoder ofAttributes(Map<String, String> attributes) {
        throw new UnsupportedOperationException("not yet");
    }
}
