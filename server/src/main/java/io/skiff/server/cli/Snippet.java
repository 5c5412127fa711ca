package io.skiff.server.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What a stored source shows of itself on one line: its title and the start of its text. */
final class Snippet {
    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final List<String> MEMBERS = List.of("title", "text", "contents", "content");

    private Snippet() {}

    /** The line, cut to {@code maxChars}; empty where the source has no text that is known. */
    static String of(byte[] source, int maxChars) {
        List<String> parts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), source)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && MEMBERS.contains(name)) {
                    parts.add(parser.getString().strip());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            // By convention only is a source JSON; one that is not is shown as nothing.
            return "";
        }
        parts.removeIf(String::isEmpty);
        String line = String.join(" | ", parts).replaceAll("\\s+", " ");
        return line.length() <= maxChars ? line : line.substring(0, maxChars - 3) + "...";
    }
}
