package io.skiff.server.ingest;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** A line that holds one JSON object, read member by member. */
final class JsonLine {
    // A vector's tokens are names too; a table of names would be copied for every line with new ones.
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private JsonLine() {}

    /** Takes the members of an object as they come. */
    @FunctionalInterface
    interface MemberReader {
        /** Reads a value: the parser stands on its first token and is left on its last. */
        void read(String name, JsonParser value) throws BadInputException;
    }

    /** Reads the object on a line; anything else on it is bad input. */
    static void read(byte[] line, String location, MemberReader reader) throws BadInputException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadInputException(location, "expected a JSON object, got " + describe(parser));
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                reader.read(name, parser);
            }
            if (parser.nextToken() != null) {
                throw new BadInputException(
                        location,
                        "expected one JSON object on the line, but more follows at column "
                                + parser.currentTokenLocation().getColumnNr());
            }
        } catch (JacksonException e) {
            throw new BadInputException(
                    location,
                    "is not valid JSON at column " + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        }
    }

    /** An id: a string that is not empty, or a whole number. */
    static String id(String name, JsonParser value, String location) throws BadInputException {
        JsonToken token = value.currentToken();
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
            throw new BadInputException(
                    location, "\"" + name + "\" must be a string or a whole number, got " + describe(value));
        }
        String id = value.getString();
        if (id.isEmpty()) {
            throw new BadInputException(location, "\"" + name + "\" must not be empty");
        }
        return id;
    }

    /** A string; null reads as the empty one. */
    static String string(String name, JsonParser value, String location) throws BadInputException {
        if (value.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        if (value.currentToken() != JsonToken.VALUE_STRING) {
            throw new BadInputException(location, "\"" + name + "\" must be a string, got " + describe(value));
        }
        return value.getString();
    }

    /** What the parser stands on, for messages. */
    static String describe(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case null -> "nothing";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + parser.getString();
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> token.toString();
        };
    }
}
