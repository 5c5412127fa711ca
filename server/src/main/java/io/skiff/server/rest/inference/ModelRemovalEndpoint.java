package io.skiff.server.rest.inference;

import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import io.skiff.server.schema.FieldType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/** {@code DELETE /_inference/sparse_embedding/{name}}: forgets a model's name, unless a mapping has it. */
public final class ModelRemovalEndpoint implements Endpoint {
    /** Parameters of the query string. */
    public static final Set<String> PARAMETERS = Set.of("force");

    private final Collections collections;

    /** Over the models of some collections. */
    public ModelRemovalEndpoint(Collections collections) {
        this.collections = collections;
    }

    @Override
    public Response answer(Request request) {
        String name = request.pathParameter("name");
        Set<String> users = users(name);
        if (!users.isEmpty() && !request.parameter("force").orElse("false").equals("true")) {
            throw new RestException(
                    409,
                    "status_exception",
                    "Inference endpoint " + name + " is being used in the mapping for indexes: " + users
                            + ". Ensure that no index mappings are using this inference endpoint, or delete it with"
                            + " [force]");
        }
        try {
            if (!collections.models().remove(name)) {
                throw ModelListEndpoint.missing(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot forget model [" + name + "]: " + e.getMessage(), e);
        }
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeBooleanProperty("acknowledged", true);
            json.writeArrayPropertyStart("pipelines");
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private Set<String> users(String name) {
        Set<String> users = new TreeSet<>();
        for (String index : collections.names()) {
            boolean uses = collections
                    .live(index)
                    .map(live -> live.schema().fields().values().stream().anyMatch(type -> names(type, name)))
                    .orElse(false);
            if (uses) {
                users.add(index);
            }
        }
        return users;
    }

    private static boolean names(FieldType type, String name) {
        return type instanceof FieldType.SemanticTextType semantic
                && (semantic.inferenceId().equals(name)
                        || semantic.searchInferenceId().filter(name::equals).isPresent());
    }
}
