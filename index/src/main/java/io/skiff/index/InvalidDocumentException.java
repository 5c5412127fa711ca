package io.skiff.index;

/** A document cannot be indexed as it is; the message names the document and what is wrong with it. */
public final class InvalidDocumentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message that names document, value and limit. */
    public InvalidDocumentException(String message) {
        super(message);
    }
}
