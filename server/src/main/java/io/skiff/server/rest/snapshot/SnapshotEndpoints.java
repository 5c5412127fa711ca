package io.skiff.server.rest.snapshot;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.IndexName;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Indices;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.index.Acknowledgement;
import io.skiff.server.rest.index.CreateIndexEndpoint;
import io.skiff.server.snapshot.SnapshotInfo;
import io.skiff.server.snapshot.SnapshotRepositories;
import io.skiff.server.snapshot.SnapshotRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code _snapshot/{repository}/{snapshot}}: made, listed, removed, restored; always done when it is answered. */
public final class SnapshotEndpoints {
    /** Parameters of the query string; everything is waited for. */
    public static final Set<String> PARAMETERS =
            Set.of("wait_for_completion", "master_timeout", "timeout", "verify", "local", "ignore_unavailable");

    /** Something done with a repository. */
    private interface Work<T> {
        T on(SnapshotRepository repository) throws IOException;
    }

    private final Collections collections;
    private final SnapshotRepositories repositories;

    /**
     * Of the server of some collections.
     *
     * @param folder below which all repositories are
     */
    public SnapshotEndpoints(Collections collections, Optional<Path> folder) {
        this.collections = collections;
        this.repositories = RepositoryEndpoints.repositories(collections, folder);
    }

    /** Refuses a name that would not be one plain folder. */
    static void requireName(String name, Function<String, RestException> failure) {
        IndexName.problem(name).ifPresent(problem -> {
            throw failure.apply(problem);
        });
    }

    private <T> T with(Request request, Work<T> work) {
        String name = request.pathParameter("repository");
        try {
            return work.on(repositories.find(name).orElseThrow(() -> RepositoryEndpoints.missing(name)));
        } catch (IllegalArgumentException e) {
            throw new RestException(400, "repository_exception", "[" + name + "] " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("repository [" + name + "]: " + e.getMessage(), e);
        }
    }

    private static String full(Request request) {
        return request.pathParameter("repository") + ":" + request.pathParameter("snapshot");
    }

    private static RestException missing(Request request) {
        return new RestException(404, "snapshot_missing_exception", "[" + full(request) + "] is missing");
    }

    /** Makes one. */
    public Response create(Request request) {
        String name = request.pathParameter("snapshot");
        requireName(name, problem -> invalidName(request, problem));
        List<String> names = SnapshotRequest.parse(request.body()).indices();
        List<LiveIndex> indexes = new ArrayList<>();
        if (names.isEmpty()) {
            collections.names().forEach(each -> collections.live(each).ifPresent(indexes::add));
        } else {
            names.forEach(each -> indexes.add(Indices.requireLive(collections, each)));
        }
        SnapshotInfo info = with(request, repository -> {
            try {
                return repository.create(name, indexes);
            } catch (FileAlreadyExistsException e) {
                throw invalidName(request, "snapshot with the same name already exists");
            }
        });
        return Response.json(request, json -> {
            json.writeStartObject();
            if (waits(request)) {
                json.writeName("snapshot");
                SnapshotWriter.write(json, request.pathParameter("repository"), info);
            } else {
                json.writeBooleanProperty("accepted", true);
            }
            json.writeEndObject();
        });
    }

    private static boolean waits(Request request) {
        return request.parameter("wait_for_completion").orElse("false").equals("true");
    }

    private static RestException invalidName(Request request, String problem) {
        return new RestException(
                400,
                "invalid_snapshot_name_exception",
                "[" + full(request) + "] Invalid snapshot name [" + request.pathParameter("snapshot") + "], "
                        + problem);
    }

    /** Tells of one or all. */
    public Response get(Request request) {
        String name = request.pathParameter("snapshot");
        boolean all = name.equals("_all") || name.equals("*");
        List<SnapshotInfo> found = with(
                request,
                repository -> repository.list().stream()
                        .filter(each -> all || each.name().equals(name))
                        .toList());
        boolean mayBeMissing =
                request.parameter("ignore_unavailable").orElse("false").equals("true");
        if (found.isEmpty() && !all && !mayBeMissing) {
            throw missing(request);
        }
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("snapshots");
            found.forEach(each -> SnapshotWriter.write(json, request.pathParameter("repository"), each));
            json.writeEndArray();
            json.writeNumberProperty("total", found.size());
            json.writeNumberProperty("remaining", 0);
            json.writeEndObject();
        });
    }

    /** Removes one. */
    public Response delete(Request request) {
        if (!with(request, repository -> repository.delete(request.pathParameter("snapshot")))) {
            throw missing(request);
        }
        return Acknowledgement.of(request);
    }

    /** Makes indexes of one. */
    public Response restore(Request request) {
        String snapshot = request.pathParameter("snapshot");
        SnapshotRequest asked = SnapshotRequest.parse(request.body());
        List<String> restored = with(request, repository -> {
            SnapshotInfo info = repository.find(snapshot).orElseThrow(() -> missing(request));
            List<String> indexes = asked.indices().isEmpty() ? info.indices() : asked.indices();
            for (String index : indexes) {
                if (!info.indices().contains(index)) {
                    throw RestException.indexNotFound(index);
                }
                CreateIndexEndpoint.requireName(asked.renamed(index));
                if (collections.names().contains(asked.renamed(index))) {
                    throw taken(request, asked.renamed(index));
                }
            }
            for (String index : indexes) {
                try {
                    repository.restore(collections, snapshot, index, asked.renamed(index));
                } catch (FileAlreadyExistsException e) {
                    throw taken(request, asked.renamed(index));
                }
            }
            return indexes.stream().map(asked::renamed).toList();
        });
        return Response.json(request, json -> {
            json.writeStartObject();
            if (waits(request)) {
                json.writeObjectPropertyStart("snapshot");
                json.writeStringProperty("snapshot", snapshot);
                json.writeArrayPropertyStart("indices");
                restored.forEach(json::writeString);
                json.writeEndArray();
                SnapshotWriter.writeShards(json, restored.size());
                json.writeEndObject();
            } else {
                json.writeBooleanProperty("accepted", true);
            }
            json.writeEndObject();
        });
    }

    /** Elasticsearch gives the status 500 for what is the request's fault. */
    private static RestException taken(Request request, String index) {
        return new RestException(
                400,
                "snapshot_restore_exception",
                "[" + full(request) + "] cannot restore index [" + index
                        + "] because an open index with same name already exists in the cluster. Either delete the existing"
                        + " index or restore the index under a different name by providing a rename pattern and"
                        + " replacement name");
    }
}
