package io.skiff.server.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The good records of a source, and what is known of the bad ones. */
final class Records {
    /** Messages kept; the rest is only counted. */
    private static final int KEPT_MESSAGES = 10;

    private final DocumentSource source;
    private final boolean skipBad;
    private final List<String> messages = new ArrayList<>();
    private long badCount;

    Records(DocumentSource source, boolean skipBad) {
        this.source = source;
        this.skipBad = skipBad;
    }

    /**
     * The next good one.
     *
     * @throws BadInputException at a bad one, unless they are skipped
     */
    Optional<InputRecord> next() throws IOException {
        while (true) {
            try {
                return source.next();
            } catch (BadInputException e) {
                bad(e);
            }
        }
    }

    /** Counts bad input, or throws it if it is not to be skipped. */
    void bad(BadInputException e) throws BadInputException {
        if (!skipBad) {
            throw e;
        }
        badCount++;
        if (messages.size() < KEPT_MESSAGES) {
            messages.add(e.getMessage());
        }
    }

    long badCount() {
        return badCount;
    }

    List<String> messages() {
        return messages;
    }
}
