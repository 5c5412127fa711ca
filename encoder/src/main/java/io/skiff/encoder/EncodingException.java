package io.skiff.encoder;

/** A text that cannot be encoded, or an encoder that was closed or interrupted while it was at it. */
public final class EncodingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The {@link #textIndex()} of a failure that is of no single text. */
    public static final int NO_TEXT = -1;

    private final int textIndex;

    /**
     * A failure.
     *
     * @param textIndex position of the text in the call, from 0, or {@link #NO_TEXT}
     */
    public EncodingException(String message, int textIndex, Throwable cause) {
        super(message, cause);
        this.textIndex = textIndex;
    }

    /** Position of the text in the call, from 0; {@link #NO_TEXT} where it is none's fault in particular. */
    public int textIndex() {
        return textIndex;
    }
}
