package io.skiff.server.ingest;

import java.util.Optional;

/** Lines of text; the id of a line is its number, from 1. Nothing is there to store but the text. */
final class PlainTextRecords implements RecordParser {
    @Override
    public InputRecord parse(byte[] line, String location) throws BadInputException {
        String number = location.substring(location.lastIndexOf(':') + 1);
        SourceWriter source = new SourceWriter();
        String text = LineReader.text(line, location);
        source.string("text", text);
        return new InputRecord(number, text, Optional.empty(), source.toBytes(), location);
    }
}
