package io.skiff.server.ingest;

/** Reads a document from a line of its format. */
@FunctionalInterface
public interface RecordParser {
    /**
     * The document on a line.
     *
     * @param line in UTF-8, without its end
     * @param location where it stands, for messages
     * @throws BadInputException if the line is not as the format has it
     */
    InputRecord parse(byte[] line, String location) throws BadInputException;
}
