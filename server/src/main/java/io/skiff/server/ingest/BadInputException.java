package io.skiff.server.ingest;

import java.io.IOException;

/** A line or file of the input is not as it must be; the message opens with where, {@code file:line}. */
public final class BadInputException extends IOException {
    private static final long serialVersionUID = 1;

    /** With where and what. */
    public BadInputException(String location, String problem) {
        super(location + ": " + problem);
    }
}
