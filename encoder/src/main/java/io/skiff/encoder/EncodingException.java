package io.skiff.encoder;

/** A text that cannot be encoded, or an encoder that was closed or interrupted while it was at it. */
public final class EncodingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The {@link #textIndex()} of a failure that is of no single text. */
    public static final int NO_TEXT = -1;

    private final String problem;
    private final int textIndex;

    /**
     * A failure.
     *
     * @param problem what is wrong, without the position
     * @param textIndex position of the text in the call, from 0, or {@link #NO_TEXT}
     */
    public EncodingException(String problem, int textIndex, Throwable cause) {
        super(textIndex == NO_TEXT ? problem : problem + " in text " + textIndex, cause);
        this.problem = problem;
        this.textIndex = textIndex;
    }

    /** The message without the position. */
    public String problem() {
        return problem;
    }

    /** Position of the text in the call, from 0; {@link #NO_TEXT} where it is none's fault in particular. */
    public int textIndex() {
        return textIndex;
    }
}
