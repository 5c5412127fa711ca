package io.skiff.server.rest;

import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import java.util.List;

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
    static void requireKnown(Collections collections, String name) {
        if (!collections.names().contains(name)) {
            throw missing(name);
        }
    }

    /** The indexes that a route names: one, or all where it has no {@code {index}}. */
    static List<String> names(Collections collections, Request request) {
        if (!request.hasPathParameter("index")) {
            return List.copyOf(collections.names());
        }
        requireKnown(collections, request.pathParameter("index"));
        return List.of(request.pathParameter("index"));
    }

    private static RestException missing(String name) {
        if (name.contains(",") || name.contains("*") || name.equals("_all")) {
            return RestException.illegalArgument(
                    "[" + name + "] asks for several indexes at once, which this version does not support");
        }
        return RestException.indexNotFound(name);
    }
}
