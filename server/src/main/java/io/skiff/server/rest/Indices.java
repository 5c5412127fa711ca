package io.skiff.server.rest;

import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;

/** The index that a path names. */
public final class Indices {
    private Indices() {}

    /**
     * The collection that {@code {index}} of the route names.
     *
     * @throws RestException if there is none of that name, or the path asks for several
     */
    public static Collection require(Collections collections, Request request) {
        return require(collections, request.pathParameter("index"));
    }

    /**
     * The collection of that name.
     *
     * @throws RestException if there is none, or several are asked for
     */
    public static Collection require(Collections collections, String name) {
        return collections.get(name).orElseThrow(() -> {
            if (name.contains(",") || name.contains("*") || name.equals("_all")) {
                return RestException.illegalArgument(
                        "[" + name + "] asks for several indexes at once, which this version does not support");
            }
            return RestException.indexNotFound(name);
        });
    }
}
