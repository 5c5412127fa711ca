package io.skiff.server.rest.inference;

import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import java.util.Map;
import java.util.SortedMap;
import tools.jackson.core.JsonGenerator;

/** {@code GET /_inference}, of one model or all. */
public final class ModelListEndpoint implements Endpoint {
    private final Collections collections;

    /** Over the models of some collections. */
    public ModelListEndpoint(Collections collections) {
        this.collections = collections;
    }

    @Override
    public Response answer(Request request) {
        SortedMap<String, String> all = collections.models().all();
        Map<String, String> asked = all;
        if (request.hasPathParameter("name") && !request.pathParameter("name").equals("_all")) {
            String name = request.pathParameter("name");
            if (!all.containsKey(name)) {
                throw missing(name);
            }
            asked = Map.of(name, all.get(name));
        }
        Map<String, String> endpoints = asked;
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("endpoints");
            endpoints.forEach((name, folder) -> write(json, name, folder));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static RestException missing(String name) {
        return new RestException(404, "resource_not_found_exception", "Inference endpoint not found [" + name + "]");
    }

    static void write(JsonGenerator json, String name, String folder) {
        json.writeStartObject();
        json.writeStringProperty("inference_id", name);
        json.writeStringProperty("task_type", "sparse_embedding");
        json.writeStringProperty("service", "skiff");
        json.writeObjectPropertyStart("service_settings");
        json.writeStringProperty("model_id", folder);
        json.writeEndObject();
        json.writeEndObject();
    }
}
