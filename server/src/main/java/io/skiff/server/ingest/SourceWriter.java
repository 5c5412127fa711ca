package io.skiff.server.ingest;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;

/** Writes the JSON object that an index stores of a document. */
final class SourceWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator generator = JsonLine.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);

    SourceWriter() {
        generator.writeStartObject();
    }

    /** Copies a member, numbers as they are written. */
    void copy(String name, JsonParser value) {
        generator.writeName(name);
        generator.copyCurrentStructureExact(value);
    }

    void string(String name, String value) {
        generator.writeStringProperty(name, value);
    }

    /** Ends the object. */
    byte[] toBytes() {
        generator.writeEndObject();
        generator.close();
        return bytes.toByteArray();
    }
}
