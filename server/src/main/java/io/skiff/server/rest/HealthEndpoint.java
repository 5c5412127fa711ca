package io.skiff.server.rest;

import io.skiff.server.collection.Collections;
import java.util.List;
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
        int shards = collections.names().size();
        String status;
        List<String> missing;
        if (request.hasPathParameter("index")) {
            String index = request.pathParameter("index");
            Indices.requireKnown(collections, index);
            shards = 1;
            status = Health.of(collections, List.of(index));
            missing = Health.missingModels(collections, index);
        } else {
            status = Health.of(collections);
            missing = Health.missingModels(collections);
        }
        boolean reached =
                Health.reaches(status, request.parameter("wait_for_status").orElse("red"));
        return answer(request, shards, status, missing, reached);
    }

    private static Response answer(Request request, int shards, String status, List<String> missing, boolean reached) {
        return Response.json(request, reached ? 200 : 408, Map.of(), json -> {
            json.writeStartObject();
            json.writeStringProperty("cluster_name", "skiff");
            json.writeStringProperty("status", status);
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
            if (!missing.isEmpty()) {
                json.writeArrayPropertyStart("missing_models");
                missing.forEach(json::writeString);
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }
}
