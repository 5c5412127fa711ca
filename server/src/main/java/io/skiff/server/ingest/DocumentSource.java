package io.skiff.server.ingest;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** A stream of documents to index, in order. */
public interface DocumentSource extends AutoCloseable {
    /**
     * The next document, or empty at the end.
     *
     * @throws BadInputException if the next one cannot be read; the stream stands behind it and can go on
     * @throws IOException if the input as a whole cannot be read further
     */
    Optional<InputRecord> next() throws IOException;

    /** Share of the input that is done, in units of its own (bytes, files), for a progress bar. */
    long position();

    /** Where {@link #position()} ends, if known. */
    OptionalLong length();

    /** The unit of position and length, for people: {@code B}, {@code files}. */
    String unit();

    @Override
    void close() throws IOException;
}
