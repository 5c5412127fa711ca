package io.skiff.server.ciff;

import java.io.IOException;

/** A file is no CIFF, or damaged or cut; the message names the file and the byte. */
public final class CiffFormatException extends IOException {
    private static final long serialVersionUID = 1;

    CiffFormatException(String file, long offset, String problem) {
        super(file + ": byte " + offset + ": " + problem);
    }
}
