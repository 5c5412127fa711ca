package io.skiff.server.rest.inference;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.InferenceModels;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Json;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** {@code PUT /_inference/sparse_embedding/{name}}: gives a model a name. */
public final class ModelNameEndpoint implements Endpoint {
    /** Parameters of the query string; nothing has to be waited for. */
    public static final Set<String> PARAMETERS = Set.of("timeout");

    private static final Set<String> SERVICES = Set.of("skiff", "elasticsearch");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9_.-]{0,98}[a-z0-9])?");

    /** Of Elasticsearch's ways to run a model; here it runs where the server was told to run models. */
    private static final Set<String> NUMBERS = Set.of("num_allocations", "num_threads");

    private final InferenceModels models;

    /** Over the models of some collections. */
    public ModelNameEndpoint(Collections collections) {
        this.models = collections.models();
    }

    @Override
    public Response answer(Request request) {
        String name = request.pathParameter("name");
        if (!NAME.matcher(name).matches()) {
            throw RestException.illegalArgument(
                    "Invalid inference_id; '" + name + "' can contain lowercase alphanumeric"
                            + " (a-z and 0-9), hyphens, underscores or dots, must start and end with alphanumeric, and have at"
                            + " most 100 of them");
        }
        String folder = folder(request);
        try {
            models.register(name, folder);
        } catch (IllegalArgumentException e) {
            throw RestException.illegalArgument(e.getMessage());
        } catch (IOException e) {
            throw RestException.illegalArgument(
                    "[" + folder + "] holds no model that can be opened: " + e.getMessage());
        }
        return Response.json(request, json -> ModelListEndpoint.write(json, name, folder));
    }

    private static String folder(Request request) {
        JsonNode body = Json.tree(request.requiredBody());
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            switch (member.getKey()) {
                case "service" -> requireService(member.getValue());
                case "service_settings" -> requireKnown(member.getValue());
                case "task_settings" -> {
                    if (!member.getValue().isEmpty()) {
                        throw RestException.illegalArgument("[task_settings] must be empty");
                    }
                }
                default ->
                    throw RestException.illegalArgument("[" + member.getKey()
                            + "] is not supported; supported are [service, service_settings, task_settings]");
            }
        }
        String folder = body.path("service_settings").path("model_id").asString("");
        if (folder.isEmpty() || !body.has("service")) {
            throw new RestException(
                    400,
                    "validation_exception",
                    "Validation Failed: 1: [service] and [service_settings.model_id], a folder in the folder of models,"
                            + " are required;");
        }
        return folder;
    }

    private static void requireService(JsonNode service) {
        if (!SERVICES.contains(service.asString(""))) {
            throw RestException.illegalArgument(
                    "Unknown service " + service + "; the models of this server are of the service [skiff]");
        }
    }

    private static void requireKnown(JsonNode settings) {
        for (Map.Entry<String, JsonNode> setting : settings.properties()) {
            if (!setting.getKey().equals("model_id") && !NUMBERS.contains(setting.getKey())) {
                throw RestException.illegalArgument("[service_settings] does not support [" + setting.getKey()
                        + "]; supported are [model_id, num_allocations, num_threads]");
            }
        }
    }
}
