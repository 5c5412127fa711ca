package io.skiff.server.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a snapshot holds.
 *
 * @param indices the names of its indexes
 * @param startMillis when it was begun, in milliseconds since 1970 UTC
 * @param endMillis when it was whole
 */
public record SnapshotInfo(String name, String uuid, List<String> indices, long startMillis, long endMillis) {
    /** Its file in the snapshot's folder. */
    static final String FILE = "snapshot.json";

    private static final int VERSION = 1;
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Copies the list. */
    public SnapshotInfo {
        indices = List.copyOf(indices);
    }

    byte[] toBytes() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("version", VERSION);
        json.put("name", name);
        json.put("uuid", uuid);
        indices.forEach(json.putArray("indices")::add);
        json.put("start_millis", startMillis);
        json.put("end_millis", endMillis);
        return MAPPER.writeValueAsBytes(json);
    }

    static SnapshotInfo read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            if (json.path("version").asInt(0) != VERSION) {
                throw new IOException(file + " is of a version that this one does not know");
            }
            List<String> indices = new ArrayList<>();
            json.required("indices").forEach(each -> indices.add(each.stringValue()));
            return new SnapshotInfo(
                    json.required("name").stringValue(),
                    json.required("uuid").stringValue(),
                    indices,
                    json.required("start_millis").longValue(),
                    json.required("end_millis").longValue());
        } catch (JacksonException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
