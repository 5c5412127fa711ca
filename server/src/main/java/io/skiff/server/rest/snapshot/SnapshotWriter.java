package io.skiff.server.rest.snapshot;

import io.skiff.server.rest.RootEndpoint;
import io.skiff.server.snapshot.SnapshotInfo;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** Writes what is known of a snapshot. */
final class SnapshotWriter {
    private SnapshotWriter() {}

    static void write(JsonGenerator json, String repository, SnapshotInfo info) {
        json.writeStartObject();
        json.writeStringProperty("snapshot", info.name());
        json.writeStringProperty("uuid", info.uuid());
        json.writeStringProperty("repository", repository);
        json.writeStringProperty("version", RootEndpoint.DIALECT);
        json.writeArrayPropertyStart("indices");
        info.indices().forEach(json::writeString);
        json.writeEndArray();
        json.writeArrayPropertyStart("data_streams");
        json.writeEndArray();
        json.writeBooleanProperty("include_global_state", false);
        json.writeStringProperty("state", "SUCCESS");
        json.writeStringProperty(
                "start_time", Instant.ofEpochMilli(info.startMillis()).toString());
        json.writeNumberProperty("start_time_in_millis", info.startMillis());
        json.writeStringProperty(
                "end_time", Instant.ofEpochMilli(info.endMillis()).toString());
        json.writeNumberProperty("end_time_in_millis", info.endMillis());
        json.writeNumberProperty("duration_in_millis", info.endMillis() - info.startMillis());
        json.writeArrayPropertyStart("failures");
        json.writeEndArray();
        writeShards(json, info.indices().size());
        json.writeArrayPropertyStart("feature_states");
        json.writeEndArray();
        json.writeEndObject();
    }

    static void writeShards(JsonGenerator json, int indexes) {
        json.writeObjectPropertyStart("shards");
        json.writeNumberProperty("total", indexes);
        json.writeNumberProperty("failed", 0);
        json.writeNumberProperty("successful", indexes);
        json.writeEndObject();
    }
}
