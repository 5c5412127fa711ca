package io.skiff.server.ingest;

import io.skiff.index.SparseVector;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * JSON lines of vectors: {@code {"id": "d1", "vector": {"token": 1.23, ...}, ...}}. All members but id and vector are
 * stored; {@code title} and {@code contents} (or {@code content}, or {@code text}) are the text for an encoder, where
 * one is wanted too.
 */
final class VectorRecords implements RecordParser {
    @Override
    public InputRecord parse(byte[] line, String location) throws BadInputException {
        Members members = new Members(location);
        JsonLine.read(line, location, members);
        if (members.id == null) {
            throw new BadInputException(location, "has no \"id\"");
        }
        if (members.vector == null) {
            throw new BadInputException(location, "document '" + members.id + "' has no \"vector\"");
        }
        return new InputRecord(
                members.id,
                Texts.join(members.title, members.contents),
                Optional.of(members.vector),
                members.source.toBytes(),
                location);
    }

    private static final class Members implements JsonLine.MemberReader {
        private final SourceWriter source = new SourceWriter();
        private final String location;
        private String id;
        private SparseVector vector;
        private String title;
        private String contents;

        Members(String location) {
            this.location = location;
        }

        @Override
        public void read(String name, JsonParser value) throws BadInputException {
            switch (name) {
                case "id", "_id" -> {
                    if (id != null) {
                        throw new BadInputException(location, "has a second id, \"" + name + "\"");
                    }
                    id = JsonLine.id(name, value, location);
                }
                case "vector" -> {
                    if (vector != null) {
                        throw new BadInputException(location, "has a second \"vector\"");
                    }
                    vector = new VectorParser(location).object(value);
                }
                case "title" -> title = copyText(name, value, title);
                case "contents", "content", "text" -> contents = copyText(name, value, contents);
                default -> source.copy(name, value);
            }
        }

        private String copyText(String name, JsonParser value, String before) {
            if (value.currentToken() != JsonToken.VALUE_STRING) {
                source.copy(name, value);
                return before;
            }
            String text = value.getString();
            source.string(name, text);
            return before == null ? text : before;
        }
    }
}
