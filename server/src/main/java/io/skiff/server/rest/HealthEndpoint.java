package io.skiff.server.rest;

import io.skiff.server.collection.Collections;
import java.util.Map;
import java.util.Set;

/** {@code GET /_cluster/health}, of one index too: one node, one shard an index, all there. */
final class HealthEndpoint implements Endpoint {
    /** How long to wait for what; what is not there is not waited for. */
    static final Set<String> PARAMETERS = Set.of("wait_for_status", "timeout", "master_timeout", "level");

    private final Collections collections;

    HealthEndpoint(Collections collections) {
        this.collections = collections;
    }

    @Override
    public Response answer(Request request) {
        if (!request.parameter("level").orElse("cluster").equals("cluster")) {
            throw RestException.illegalArgument("[level] other than [cluster] is not supported in this version");
        }
        if (!request.hasPathParameter("index")) {
            return answer(request, Health.of(collections), collections.names().size());
        }
        String index = request.pathParameter("index");
        Indices.requireKnown(collections, index);
        return answer(request, Health.of(collections, index), 1);
    }

    private static Response answer(Request request, Health health, int shards) {
        boolean reached = health.reaches(request.parameter("wait_for_status").orElse("red"));
        return Response.json(request, reached ? 200 : 408, Map.of(), json -> {
            json.writeStartObject();
            json.writeStringProperty("cluster_name", "skiff");
            json.writeStringProperty("status", health.status());
            json.writeBooleanProperty("timed_out", !reached);
            json.writeNumberProperty("number_of_nodes", 1);
            json.writeNumberProperty("number_of_data_nodes", 1);
            json.writeNumberProperty("active_primary_shards", shards);
            json.writeNumberProperty("active_shards", shards);
            json.writeNumberProperty("relocating_shards", 0);
            json.writeNumberProperty("initializing_shards", 0);
            json.writeNumberProperty("unassigned_shards", 0);
            json.writeNumberProperty("unassigned_primary_shards", 0);
            json.writeNumberProperty("delayed_unassigned_shards", 0);
            json.writeNumberProperty("number_of_pending_tasks", 0);
            json.writeNumberProperty("number_of_in_flight_fetch", 0);
            json.writeNumberProperty("task_max_waiting_in_queue_millis", 0);
            json.writeNumberProperty("active_shards_percent_as_number", 100.0);
            if (!health.missingModels().isEmpty()) {
                json.writeArrayPropertyStart("missing_models");
                health.missingModels().forEach(json::writeString);
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }
}
