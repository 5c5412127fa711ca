package io.skiff.index;

import java.io.IOException;

/** A directory is no index, or a file of it is damaged, cut, or of another version; the message names the file. */
public final class IndexFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /** With a message that names the file, what was expected and what was found. */
    public IndexFormatException(String message) {
        super(message);
    }

    /** With a message and what caused it. */
    public IndexFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
