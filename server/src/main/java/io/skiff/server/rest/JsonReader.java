package io.skiff.server.rest;

import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Reads the JSON of a request strictly, one value at a time, and says line and column of what it does not like.
 *
 * <p>It stands at a value; every method that reads one leaves it at that value's end.
 */
public final class JsonReader {
    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * What {@code reading} makes of a body that is one JSON value.
     *
     * @throws RestException if it is not, or something stands behind it
     */
    public static <T> T read(byte[] body, Function<JsonReader, T> reading) {
        try (JsonParser parser = Json.parseBody(body)) {
            JsonReader reader = new JsonReader(parser);
            if (parser.nextToken() == null) {
                throw reader.malformed("the body is empty, expected a JSON object");
            }
            T value = reading.apply(reader);
            if (parser.nextToken() != null) {
                throw reader.malformed("expected the end of the body after its JSON value");
            }
            return value;
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** Whether an object begins here. */
    public boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    /** Whether an array begins here. */
    public boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /** Whether {@code true} or {@code false} stands here. */
    public boolean isBoolean() {
        return parser.currentToken().isBoolean();
    }

    /** Reads an object; {@code member} gets each name and must read its value. */
    public void object(String what, Consumer<String> member) {
        require(JsonToken.START_OBJECT, what, "an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            member.accept(name);
        }
    }

    /** Reads an array; {@code element} must read each value. */
    public void array(String what, Runnable element) {
        require(JsonToken.START_ARRAY, what, "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.run();
        }
    }

    /** Reads a string. */
    public String string(String what) {
        require(JsonToken.VALUE_STRING, what, "a string");
        return parser.getString();
    }

    /** Reads a string, a number or a truth value as the text that it is written as. */
    public String text(String what) {
        if (!parser.currentToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
            throw unexpected(what, "a string");
        }
        return parser.getString();
    }

    /** Reads {@code true} or {@code false}. */
    public boolean bool(String what) {
        if (!isBoolean()) {
            throw unexpected(what, "true or false");
        }
        return parser.getBooleanValue();
    }

    /** Reads a whole number. */
    public int integer(String what) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() != JsonParser.NumberType.INT) {
            throw unexpected(what, "a whole number below 2^31");
        }
        return parser.getIntValue();
    }

    /** Reads a number. */
    public float number(String what) {
        return number(what, "");
    }

    /** Reads a number that a message names by two parts, as to put them together for each of many takes long. */
    public float number(String what, String part) {
        if (!parser.currentToken().isNumeric()) {
            throw unexpected(what + part, "a number");
        }
        float value = parser.getFloatValue();
        if (!Float.isFinite(value)) {
            throw fail("[" + what + part + "] must be a finite number, got [" + parser.getString() + "]");
        }
        return value;
    }

    /** Reads a number, or a string that is one, as some clients send it. */
    public float numberOrText(String what) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return number(what);
        }
        try {
            float value = Float.parseFloat(parser.getString());
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw unexpected(what, "a number");
        }
        throw unexpected(what, "a finite number");
    }

    /** Whether {@code null} stands here. */
    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Line and column of the value here, as {@code [1:17]}. */
    public String position() {
        TokenStreamLocation location = parser.currentTokenLocation();
        return "[" + location.getLineNr() + ":" + location.getColumnNr() + "]";
    }

    /** What is wrong with the value here. */
    public RestException fail(String reason) {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new RestException(400, "parsing_exception", reason)
                .with("line", location.getLineNr())
                .with("col", location.getColumnNr());
    }

    /** There is no place for a member of this name; {@code known} are those that have one. */
    public RestException unknown(String where, String name, Collection<String> known) {
        return fail("[" + where + "] does not support [" + name + "]; supported are " + known);
    }

    private void require(JsonToken token, String what, String expected) {
        if (parser.currentToken() != token) {
            throw unexpected(what, expected);
        }
    }

    private RestException unexpected(String what, String expected) {
        return fail("[" + what + "] must be " + expected + ", got " + parser.currentToken());
    }

    private RestException malformed(String reason) {
        return malformed(parser.currentLocation(), reason);
    }

    /** The body is not JSON. */
    static RestException malformed(JacksonException problem) {
        return problem instanceof UnexpectedEndOfInputException
                ? malformed("x_content_e_o_f_exception", problem.getLocation(), "Unexpected end of file")
                : malformed(problem.getLocation(), problem.getOriginalMessage());
    }

    private static RestException malformed(TokenStreamLocation location, String reason) {
        return malformed("x_content_parse_exception", location, reason);
    }

    private static RestException malformed(String type, TokenStreamLocation location, String reason) {
        return new RestException(400, type, "[" + location.getLineNr() + ":" + location.getColumnNr() + "] " + reason);
    }
}
