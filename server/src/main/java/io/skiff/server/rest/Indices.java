package io.skiff.server.rest;

import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.collection.LiveIndex;
import java.util.List;
import java.util.Optional;

/** The index that a path names. */
public final class Indices {
    private Indices() {}

    /**
     * The index that {@code {index}} of the route names, as it stands now; to be closed by the caller.
     *
     * @throws RestException if there is none of that name, or the path asks for several
     */
    public static Collection acquire(Collections collections, Request request) {
        return acquire(collections, request.pathParameter("index"));
    }

    /**
     * The index of that name, as it stands now; to be closed by the caller.
     *
     * @throws RestException if there is none, or several are asked for
     */
    public static Collection acquire(Collections collections, String name) {
        return collections.acquire(name).orElseThrow(() -> missing(name));
    }

    /**
     * Makes sure that there is an index of that name.
     *
     * @throws RestException if there is none, or several are asked for
     */
    public static void requireKnown(Collections collections, String name) {
        if (!collections.names().contains(name)) {
            throw missing(name);
        }
    }

    /** The indexes that a route names: one, or all where it has no {@code {index}}. */
    public static List<String> names(Collections collections, Request request) {
        if (!request.hasPathParameter("index")) {
            return List.copyOf(collections.names());
        }
        requireKnown(collections, request.pathParameter("index"));
        return List.of(request.pathParameter("index"));
    }

    /**
     * The index of that name, to be written to.
     *
     * @throws RestException if there is none, or it is only read
     */
    public static LiveIndex requireLive(Collections collections, String name) {
        Optional<LiveIndex> live = collections.live(name);
        if (live.isEmpty()) {
            requireKnown(collections, name);
            throw new RestException(
                            403,
                            "cluster_block_exception",
                            "index [" + name + "] blocked by: [FORBIDDEN/5/index read-only (api)]; it was built by"
                                    + " [skiff index] and is only read;")
                    .with("index", name);
        }
        return live.get();
    }

    /** The index that {@code {index}} of the route names, to be written to. */
    public static LiveIndex requireLive(Collections collections, Request request) {
        return requireLive(collections, request.pathParameter("index"));
    }

    private static RestException missing(String name) {
        if (name.contains(",") || name.contains("*") || name.equals("_all")) {
            return RestException.illegalArgument(
                    "[" + name + "] asks for several indexes at once, which this version does not support");
        }
        return RestException.indexNotFound(name);
    }
}
