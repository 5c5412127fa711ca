package io.skiff.server.rest;

import io.skiff.server.collection.Collections;
import io.skiff.server.rest.index.CatIndicesEndpoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** {@code GET /_cat/health}: always as JSON, every value a string as Elasticsearch has it. */
final class CatHealthEndpoint implements Endpoint {
    static final Set<String> PARAMETERS = Set.of("format");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Collections collections;

    CatHealthEndpoint(Collections collections) {
        this.collections = collections;
    }

    @Override
    public Response answer(Request request) {
        CatIndicesEndpoint.requireJson(request);
        Set<String> names = collections.names();
        String status = Health.of(collections).status();
        String shards = Integer.toString(names.size());
        Instant now = Instant.now();
        return Response.json(request, json -> {
            json.writeStartArray();
            json.writeStartObject();
            json.writeStringProperty("epoch", Long.toString(now.getEpochSecond()));
            json.writeStringProperty("timestamp", TIME.format(now));
            json.writeStringProperty("cluster", "skiff");
            json.writeStringProperty("status", status);
            json.writeStringProperty("node.total", "1");
            json.writeStringProperty("node.data", "1");
            json.writeStringProperty("shards", shards);
            json.writeStringProperty("pri", shards);
            json.writeStringProperty("relo", "0");
            json.writeStringProperty("init", "0");
            json.writeStringProperty("unassign", "0");
            json.writeStringProperty("unassign.pri", "0");
            json.writeStringProperty("pending_tasks", "0");
            json.writeStringProperty("max_task_wait_time", "-");
            json.writeStringProperty("active_shards_percent", "100.0%");
            json.writeEndObject();
            json.writeEndArray();
        });
    }
}
