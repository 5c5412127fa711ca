package io.skiff.server.chunk;

import io.skiff.encoder.Chunk;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What is stored of a chunk: the document's members, of its text only the chunk's part, and
 * {@code "_chunk": {"number", "start", "end"}}, offsets in {@code char}s of the document's text.
 */
public final class ChunkSource {
    /** The member that says which part of which document it is. */
    public static final String MEMBER = "_chunk";

    private static final List<String> TEXT_MEMBERS = List.of("text", "contents", "content");
    private static final JsonFactory JSON = new JsonFactory();

    private ChunkSource() {}

    /**
     * Where a chunk stands in its document.
     *
     * @param number from 0
     * @param start offset of its first {@code char} in the member that holds the document's text (in the title where there
     *     is no other); 0 for a chunk that begins in the title before it
     * @param end offset behind its last {@code char}
     */
    public record Place(int number, int start, int end) {}

    /**
     * The stored source of a chunk.
     *
     * @param source of the document, one JSON object in UTF-8
     * @param encoded the text that was cut: title and text joined, so that it ends with the text
     * @param chunk a part of it
     * @throws IllegalArgumentException if the document has a member {@value #MEMBER} already
     */
    public static byte[] of(byte[] source, String encoded, Chunk chunk, int number) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Place place = new Place(number, chunk.start(), chunk.end());
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), source);
                JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            in.nextToken();
            boolean cut = false;
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = in.currentName();
                JsonToken value = in.nextToken();
                if (name.equals(MEMBER)) {
                    throw new IllegalArgumentException(
                            "has a member \"" + MEMBER + "\", which an index of chunks needs for itself");
                }
                out.writeName(name);
                String text = value == JsonToken.VALUE_STRING ? in.getString() : null;
                if (!cut && text != null && TEXT_MEMBERS.contains(name) && encoded.endsWith(text)) {
                    place = within(chunk, number, encoded.length() - text.length());
                    out.writeString(text.substring(place.start(), place.end()));
                    cut = true;
                } else {
                    out.copyCurrentStructureExact(in);
                }
            }
            write(out, place);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static Place within(Chunk chunk, int number, int textStart) {
        int start = Math.max(0, chunk.start() - textStart);
        return new Place(number, start, Math.max(start, chunk.end() - textStart));
    }

    private static void write(JsonGenerator out, Place place) {
        out.writeName(MEMBER);
        out.writeStartObject();
        out.writeNumberProperty("number", place.number());
        out.writeNumberProperty("start", place.start());
        out.writeNumberProperty("end", place.end());
        out.writeEndObject();
    }

    /** The place that a stored source tells; empty where it is no chunk's. */
    public static Optional<Place> place(byte[] source) {
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), source)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = in.currentName();
                in.nextToken();
                if (name.equals(MEMBER)) {
                    return Optional.of(readPlace(in));
                }
                in.skipChildren();
            }
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Place readPlace(JsonParser in) {
        int number = 0;
        int start = 0;
        int end = 0;
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "number" -> number = in.getIntValue();
                case "start" -> start = in.getIntValue();
                case "end" -> end = in.getIntValue();
                default -> in.skipChildren();
            }
        }
        return new Place(number, start, end);
    }
}
