package io.skiff.server.ingest;

import java.util.Optional;

/** MS MARCO's collection: {@code id<TAB>text}. The text is stored as {@code {"text": ...}}. */
final class MsmarcoRecords implements RecordParser {
    @Override
    public InputRecord parse(byte[] line, String location) throws BadInputException {
        TabbedLine tabbed = TabbedLine.parse(line, location, "text");
        SourceWriter source = new SourceWriter();
        source.string("text", tabbed.rest());
        return new InputRecord(tabbed.id(), tabbed.rest(), Optional.empty(), source.toBytes(), location);
    }
}
