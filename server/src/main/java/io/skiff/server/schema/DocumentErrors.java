package io.skiff.server.schema;

import io.skiff.server.schema.SchemaException.Kind;
import io.skiff.server.schema.SchemaException.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;

/** What is wrong with a document, worded as Elasticsearch does: where, which field, which document, and the value. */
final class DocumentErrors {
    private static final int PREVIEW_CHARS = 100;

    private final String id;
    private final JsonParser parser;

    DocumentErrors(String id, JsonParser parser) {
        this.id = id;
        this.parser = parser;
    }

    /** A value that does not fit its field. */
    SchemaException value(String path, FieldType type, IllegalArgumentException cause, String value) {
        String preview = value.length() <= PREVIEW_CHARS ? value : value.substring(0, PREVIEW_CHARS) + "...";
        String causeType =
                cause instanceof NumberFormatException ? "number_format_exception" : "illegal_argument_exception";
        return new SchemaException(
                Kind.DOCUMENT_PARSING,
                at(parser.currentTokenLocation()) + "failed to parse field [" + path + "] of type [" + type.name()
                        + "] in document with id '" + id + "'. Preview of field's value: '" + preview + "'",
                new Reason(causeType, cause.getMessage()));
    }

    SchemaException failure(String message) {
        return new SchemaException(Kind.DOCUMENT_PARSING, at(parser.currentTokenLocation()) + message);
    }

    SchemaException failure(String message, String reason) {
        return new SchemaException(
                Kind.DOCUMENT_PARSING,
                at(parser.currentTokenLocation()) + message,
                new Reason("illegal_argument_exception", reason));
    }

    SchemaException strict(String name, String within) {
        return new SchemaException(
                Kind.STRICT_DYNAMIC_MAPPING,
                at(parser.currentTokenLocation()) + "mapping set to strict, dynamic introduction of [" + name
                        + "] within [" + within + "] is not allowed");
    }

    static SchemaException malformed(JacksonException e) {
        return new SchemaException(
                Kind.DOCUMENT_PARSING,
                at(e.getLocation()) + "failed to parse: " + e.getOriginalMessage(),
                new Reason("x_content_parse_exception", at(e.getLocation()) + e.getOriginalMessage()));
    }

    private static String at(TokenStreamLocation location) {
        return "[" + location.getLineNr() + ":" + location.getColumnNr() + "] ";
    }
}
