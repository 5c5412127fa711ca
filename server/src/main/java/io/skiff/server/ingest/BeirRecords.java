package io.skiff.server.ingest;

import java.util.Optional;
import tools.jackson.core.JsonParser;

/**
 * BEIR's {@code corpus.jsonl} and {@code queries.jsonl}: {@code {"_id", "title", "text", ...}}. The text to encode is
 * title and text joined by a space; all members but {@code _id} are stored.
 */
final class BeirRecords implements RecordParser {
    @Override
    public InputRecord parse(byte[] line, String location) throws BadInputException {
        Members members = new Members(location);
        JsonLine.read(line, location, members);
        if (members.id == null) {
            throw new BadInputException(location, "has no \"_id\"");
        }
        if (members.title == null && members.text == null) {
            throw new BadInputException(location, "document '" + members.id + "' has neither \"title\" nor \"text\"");
        }
        return new InputRecord(
                members.id,
                Texts.join(members.title, members.text),
                Optional.empty(),
                members.source.toBytes(),
                location);
    }

    private static final class Members implements JsonLine.MemberReader {
        private final SourceWriter source = new SourceWriter();
        private final String location;
        private String id;
        private String title;
        private String text;

        Members(String location) {
            this.location = location;
        }

        @Override
        public void read(String name, JsonParser value) throws BadInputException {
            switch (name) {
                case "_id" -> id = JsonLine.id(name, value, location);
                case "title" -> {
                    title = JsonLine.string(name, value, location);
                    source.string(name, title);
                }
                case "text" -> {
                    text = JsonLine.string(name, value, location);
                    source.string(name, text);
                }
                default -> source.copy(name, value);
            }
        }
    }
}
