package io.skiff.server.rest.index;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.IndexName;
import io.skiff.server.collection.IndexSettings;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.DocumentFailure;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Json;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import io.skiff.server.schema.MappingParser;
import io.skiff.server.schema.Schema;
import io.skiff.server.schema.SchemaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code PUT /{index}}: makes an index. */
public final class CreateIndexEndpoint implements Endpoint {
    /** Parameters of the query string; nothing has to be waited for. */
    public static final Set<String> PARAMETERS = Set.of("timeout", "master_timeout", "wait_for_active_shards");

    private final Collections collections;

    /** Over these collections. */
    public CreateIndexEndpoint(Collections collections) {
        this.collections = collections;
    }

    @Override
    public Response answer(Request request) {
        String name = request.pathParameter("index");
        IndexSettings settings = IndexSettings.DEFAULT;
        Schema schema = Schema.EMPTY;
        if (request.body().length > 0) {
            JsonNode body = Json.tree(request.body());
            if (!body.isObject()) {
                throw RestException.illegalArgument("the body must be an object, got " + body.getNodeType());
            }
            for (Map.Entry<String, JsonNode> member : body.properties()) {
                switch (member.getKey()) {
                    case "settings" -> settings = SettingsParser.ofNew(member.getValue());
                    case "mappings" -> schema = schema(member.getValue());
                    case "aliases" -> requireNone(member.getValue());
                    default ->
                        throw new RestException(
                                400, "parse_exception", "unknown key [" + member.getKey() + "] for create index");
                }
            }
        }
        create(collections, name, settings, schema);
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeBooleanProperty("acknowledged", true);
            json.writeBooleanProperty("shards_acknowledged", true);
            json.writeStringProperty("index", name);
            json.writeEndObject();
        });
    }

    static Schema schema(JsonNode mappings) {
        try {
            return MappingParser.parse(mappings);
        } catch (SchemaException e) {
            throw DocumentFailure.of(e);
        }
    }

    private static void requireNone(JsonNode aliases) {
        if (!aliases.isEmpty()) {
            throw RestException.illegalArgument("[aliases] are not supported in this version");
        }
    }

    /**
     * Makes an index.
     *
     * @throws RestException if the name cannot be one, or is taken
     */
    public static LiveIndex create(Collections collections, String name, IndexSettings settings, Schema schema) {
        requireName(name);
        try {
            return collections.create(name, settings, schema);
        } catch (FileAlreadyExistsException e) {
            throw exists(collections, name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make index [" + name + "]: " + e.getMessage(), e);
        }
    }

    /**
     * Refuses what cannot be an index's name.
     *
     * @throws RestException that says why
     */
    public static void requireName(String name) {
        IndexName.problem(name).ifPresent(problem -> {
            throw new RestException(
                            400, "invalid_index_name_exception", "Invalid index name [" + name + "], " + problem)
                    .with("index_uuid", "_na_")
                    .with("index", name);
        });
    }

    /** There is an index of that name, or a folder that is none. */
    public static RestException exists(Collections collections, String name) {
        String uuid = collections.live(name).map(LiveIndex::uuid).orElse("_na_");
        boolean index = collections.names().contains(name);
        return new RestException(
                        400,
                        "resource_already_exists_exception",
                        "index [" + name + "/" + uuid + "] already exists"
                                + (index ? "" : ", as a folder that is no index"))
                .with("index_uuid", uuid)
                .with("index", name);
    }
}
