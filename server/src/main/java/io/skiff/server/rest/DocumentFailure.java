package io.skiff.server.rest;

import io.skiff.encoder.EncodingException;
import io.skiff.server.collection.UnknownModelException;
import io.skiff.server.schema.SchemaException;

/** What is wrong with a mapping or a document, as an answer. */
public final class DocumentFailure {
    private DocumentFailure() {}

    /** The answer to a mapping or document that is not what it must be. */
    public static RestException of(SchemaException e) {
        RestException answer = new RestException(400, e.kind().type(), e.getMessage());
        return e.reason()
                .map(reason -> answer.causedBy(reason.type(), reason.reason()))
                .orElse(answer);
    }

    /** The answer to a document that an index refused. */
    public static RestException of(RuntimeException cause) {
        return switch (cause) {
            case SchemaException e -> of(e);
            case UnknownModelException e -> new RestException(404, "resource_not_found_exception", e.getMessage());
            case EncodingException e
            when e.textIndex() == EncodingException.NO_TEXT ->
                new RestException(500, "inference_exception", e.problem());
            case EncodingException e -> new RestException(400, "inference_exception", e.problem());
            default -> new RestException(400, "document_parsing_exception", cause.getMessage());
        };
    }
}
