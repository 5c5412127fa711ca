package io.skiff.server.rest;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.SparseEncoder;
import io.skiff.index.FieldInfo;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** {@code GET /_skiff/collections}: what the search page needs to know of each index, in Skiff's own words. */
final class CollectionsEndpoint implements Endpoint {
    private final Collections collections;

    CollectionsEndpoint(Collections collections) {
        this.collections = collections;
    }

    @Override
    public Response answer(Request request) {
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("collections");
            collections.forEach(collection -> write(json, collection));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Collection collection) {
        json.writeStartObject();
        json.writeStringProperty("name", collection.name());
        json.writeNumberProperty("documents", collection.reader().documentCount());
        writeOptional(json, "text_field", collection.textField());
        json.writeArrayPropertyStart("fields");
        for (FieldInfo field : collection.reader().fields().values()) {
            json.writeStartObject();
            json.writeStringProperty("name", field.name());
            Optional<SparseEncoder> encoder = collection.encoder(field.name());
            writeOptional(json, "encoder", encoder.map(SparseEncoder::name));
            json.writeStringProperty("kind", kind(encoder));
            json.writeNumberProperty("documents", field.documentCount());
            json.writeNumberProperty("postings", field.postingCount());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What the field's tokens are: words, those of a model, or of vectors that were made elsewhere. */
    private static String kind(Optional<SparseEncoder> encoder) {
        return encoder.map(present -> present instanceof Bm25Encoder ? "words" : "model")
                .orElse("vectors");
    }

    private static void writeOptional(JsonGenerator json, String name, Optional<String> value) {
        json.writeName(name);
        if (value.isPresent()) {
            json.writeString(value.get());
        } else {
            json.writeNull();
        }
    }
}
