package io.skiff.server.schema;

import java.util.Optional;

/** A mapping or a document is not what it must be; carries the names that Elasticsearch has for that. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What was wrong. */
    public enum Kind {
        /** A mapping that cannot be. */
        MAPPER_PARSING("mapper_parsing_exception"),
        /** A change of a mapping, or a value of an option, that cannot be. */
        ILLEGAL_ARGUMENT("illegal_argument_exception"),
        /** A document whose values do not fit. */
        DOCUMENT_PARSING("document_parsing_exception"),
        /** A document with a field that the mapping has not and may not get. */
        STRICT_DYNAMIC_MAPPING("strict_dynamic_mapping_exception");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        /** Elasticsearch's name of the kind. */
        public String type() {
            return type;
        }
    }

    /** The error behind an error: Elasticsearch's name of its kind, and the reason in words. */
    public record Reason(String type, String reason) {}

    private final Kind kind;
    private final transient Optional<Reason> reason;

    private SchemaException(Kind kind, String message, Optional<Reason> reason) {
        super(message, null, false, false); // an answer, not a defect: no stack
        this.kind = kind;
        this.reason = reason;
    }

    /** With the reason in words, which names the field. */
    public SchemaException(Kind kind, String message) {
        this(kind, message, Optional.empty());
    }

    /** With what is behind it. */
    public SchemaException(Kind kind, String message, Reason reason) {
        this(kind, message, Optional.of(reason));
    }

    /** What was wrong. */
    public Kind kind() {
        return kind;
    }

    /** What is behind it. */
    public Optional<Reason> reason() {
        return reason;
    }
}
