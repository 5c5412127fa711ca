package io.skiff.server.collection;

import io.skiff.server.schema.MappingParser;
import io.skiff.server.schema.MappingWriter;
import io.skiff.server.schema.Schema;
import io.skiff.server.schema.SchemaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server remembers of a live index, kept in the index as one JSON object.
 *
 * @param uuid tells it from others of its name
 * @param createdMillis since 1970 UTC
 * @param schema its fields
 * @param encoders by the names of fields made from text, from their first document on: what {@link EncoderPool} opens
 *     their encoders by
 */
record IndexMetadata(
        String uuid,
        long createdMillis,
        IndexSettings settings,
        Schema schema,
        SortedMap<String, Map<String, String>> encoders) {
    /** Under which it is kept. */
    static final String KEY = "server";

    private static final int VERSION = 1;
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonMapper MAPPER = new JsonMapper();

    IndexMetadata {
        encoders = Collections.unmodifiableSortedMap(new TreeMap<>(encoders));
    }

    IndexMetadata withUuid(String changed) {
        return new IndexMetadata(changed, createdMillis, settings, schema, encoders);
    }

    IndexMetadata withSettings(IndexSettings changed) {
        return new IndexMetadata(uuid, createdMillis, changed, schema, encoders);
    }

    IndexMetadata withSchema(Schema changed) {
        return new IndexMetadata(uuid, createdMillis, settings, changed, encoders);
    }

    IndexMetadata withEncoder(String field, Map<String, String> attributes) {
        SortedMap<String, Map<String, String>> more = new TreeMap<>(encoders);
        more.put(field, Map.copyOf(attributes));
        return new IndexMetadata(uuid, createdMillis, settings, schema, more);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("version", VERSION);
            json.writeStringProperty("uuid", uuid);
            json.writeNumberProperty("created_millis", createdMillis);
            json.writeNumberProperty("shards", settings.shards());
            json.writeNumberProperty("replicas", settings.replicas());
            json.writeNumberProperty(
                    "refresh_interval_millis", settings.refreshInterval().toMillis());
            json.writeBooleanProperty("durable", settings.durable());
            json.writeNumberProperty(
                    "sync_interval_millis", settings.syncInterval().toMillis());
            json.writeName("mappings");
            MappingWriter.write(json, schema);
            json.writeObjectPropertyStart("encoders");
            encoders.forEach((field, attributes) -> {
                json.writeObjectPropertyStart(field);
                new TreeMap<>(attributes).forEach(json::writeStringProperty);
                json.writeEndObject();
            });
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /**
     * As {@link #toBytes()} wrote it.
     *
     * @throws IOException if it is of another version or damaged
     */
    static IndexMetadata parse(byte[] bytes) throws IOException {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            int version = json.path("version").asInt(0);
            if (version != VERSION) {
                throw new IOException(
                        "what the server remembers of it is of version " + version + ", this one knows " + VERSION);
            }
            SortedMap<String, Map<String, String>> encoders = new TreeMap<>();
            for (Map.Entry<String, JsonNode> field : json.required("encoders").properties()) {
                Map<String, String> attributes = new TreeMap<>();
                field.getValue()
                        .properties()
                        .forEach(each ->
                                attributes.put(each.getKey(), each.getValue().stringValue()));
                encoders.put(field.getKey(), attributes);
            }
            IndexSettings settings = new IndexSettings(
                    json.required("shards").intValue(),
                    json.required("replicas").intValue(),
                    Duration.ofMillis(json.required("refresh_interval_millis").longValue()),
                    json.required("durable").booleanValue(),
                    Duration.ofMillis(json.required("sync_interval_millis").longValue()));
            return new IndexMetadata(
                    json.required("uuid").stringValue(),
                    json.required("created_millis").longValue(),
                    settings,
                    MappingParser.parse(json.required("mappings")),
                    encoders);
        } catch (JacksonException | SchemaException e) {
            throw new IOException("what the server remembers of it cannot be read: " + e.getMessage(), e);
        }
    }
}
