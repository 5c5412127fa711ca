package io.skiff.server.rest.index;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.DocumentFailure;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Indices;
import io.skiff.server.rest.Json;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.schema.SchemaException;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code PUT /{index}/_mapping} and {@code PUT /{index}/_settings}: adds fields, or changes settings. */
public final class ChangeEndpoint implements Endpoint {
    /** Parameters of the query string; names stand for themselves, and nothing has to be waited for. */
    public static final Set<String> PARAMETERS =
            Set.of("timeout", "master_timeout", "ignore_unavailable", "allow_no_indices", "expand_wildcards");

    /** What to change. */
    private interface Change {
        void apply(LiveIndex index, JsonNode body);
    }

    private final Collections collections;
    private final Change change;

    private ChangeEndpoint(Collections collections, Change change) {
        this.collections = collections;
        this.change = change;
    }

    /** Adds fields. */
    public static ChangeEndpoint ofMapping(Collections collections) {
        return new ChangeEndpoint(collections, (index, body) -> {
            try {
                index.addFields(CreateIndexEndpoint.schema(body));
            } catch (SchemaException e) {
                throw DocumentFailure.of(e);
            }
        });
    }

    /** Changes settings. */
    public static ChangeEndpoint ofSettings(Collections collections) {
        return new ChangeEndpoint(collections, (index, body) -> {
            JsonNode settings = body.size() == 1 && body.has("settings") ? body.get("settings") : body;
            index.changeSettings(SettingsParser.change(index.settings(), settings));
        });
    }

    @Override
    public Response answer(Request request) {
        LiveIndex index = Indices.requireLive(collections, request);
        change.apply(index, Json.tree(request.requiredBody()));
        return Acknowledgement.of(request);
    }
}
