package io.skiff.server.rest.snapshot;

import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Json;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.index.Acknowledgement;
import io.skiff.server.snapshot.SnapshotRepositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/** {@code _snapshot/{repository}}: folders for snapshots, under names. */
public final class RepositoryEndpoints {
    private final SnapshotRepositories repositories;

    /**
     * Of the server of some collections.
     *
     * @param folder below which all repositories are
     */
    public RepositoryEndpoints(Collections collections, Optional<Path> folder) {
        this.repositories = repositories(collections, folder);
    }

    static SnapshotRepositories repositories(Collections collections, Optional<Path> folder) {
        return new SnapshotRepositories(collections.serverFile("snapshots.json"), folder);
    }

    /** Registers one. */
    public Response put(Request request) {
        String name = request.pathParameter("repository");
        byte[] body = request.requiredBody();
        SnapshotEndpoints.requireName(
                name, problem -> failure("repository_exception", "[" + name + "] Invalid repository name, " + problem));
        String location = location(name, Json.tree(body));
        try {
            repositories.register(name, location);
        } catch (IllegalArgumentException e) {
            throw failure("repository_exception", "[" + name + "] " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot register repository [" + name + "]: " + e.getMessage(), e);
        }
        return Acknowledgement.of(request);
    }

    private static String location(String name, JsonNode body) {
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            boolean known = member.getKey().equals("type") || member.getKey().equals("settings");
            if (!known) {
                throw RestException.illegalArgument(
                        "[" + member.getKey() + "] of a repository is not supported; supported are [type, settings]");
            }
        }
        if (!body.path("type").asString("").equals("fs")) {
            throw failure(
                    "repository_exception",
                    "[" + name + "] repository type " + body.path("type") + " does not exist; there is [fs]");
        }
        for (Map.Entry<String, JsonNode> setting : body.path("settings").properties()) {
            if (!setting.getKey().equals("location")) {
                throw RestException.illegalArgument("[settings] of a repository does not support [" + setting.getKey()
                        + "]; supported is [location]");
            }
        }
        String location = body.path("settings").path("location").asString("");
        if (location.isEmpty()) {
            throw failure("repository_exception", "[" + name + "] missing location");
        }
        return location;
    }

    private static RestException failure(String type, String reason) {
        return new RestException(400, type, reason);
    }

    static RestException missing(String name) {
        return new RestException(404, "repository_missing_exception", "[" + name + "] missing");
    }

    /** Tells of one or all. */
    public Response get(Request request) {
        SortedMap<String, String> all = repositories.all();
        String name = request.hasPathParameter("repository") ? request.pathParameter("repository") : "_all";
        if (!name.equals("_all") && !all.containsKey(name)) {
            throw missing(name);
        }
        return Response.json(request, json -> {
            json.writeStartObject();
            all.forEach((each, location) -> {
                if (name.equals("_all") || name.equals(each)) {
                    json.writeObjectPropertyStart(each);
                    json.writeStringProperty("type", "fs");
                    json.writeObjectPropertyStart("settings");
                    json.writeStringProperty("location", location);
                    json.writeEndObject();
                    json.writeEndObject();
                }
            });
            json.writeEndObject();
        });
    }

    /** Forgets one; its snapshots stay where they are. */
    public Response delete(Request request) {
        String name = request.pathParameter("repository");
        try {
            if (!repositories.remove(name)) {
                throw missing(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot forget repository [" + name + "]: " + e.getMessage(), e);
        }
        return Acknowledgement.of(request);
    }
}
