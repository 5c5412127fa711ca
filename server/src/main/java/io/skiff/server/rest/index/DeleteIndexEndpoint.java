package io.skiff.server.rest.index;

import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Indices;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** {@code DELETE /{index}}: removes an index that was made by the server, and its files. */
public final class DeleteIndexEndpoint implements Endpoint {
    /** Parameters of the query string; names stand for themselves, and nothing has to be waited for. */
    public static final Set<String> PARAMETERS =
            Set.of("timeout", "master_timeout", "ignore_unavailable", "allow_no_indices", "expand_wildcards");

    private final Collections collections;

    /** Over these collections. */
    public DeleteIndexEndpoint(Collections collections) {
        this.collections = collections;
    }

    @Override
    public Response answer(Request request) {
        String name = request.pathParameter("index");
        boolean mayBeMissing =
                request.parameter("ignore_unavailable").orElse("false").equals("true");
        if (!mayBeMissing || collections.names().contains(name)) {
            Indices.requireLive(collections, name);
            try {
                if (!collections.delete(name) && !mayBeMissing) {
                    throw RestException.indexNotFound(name);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove index [" + name + "]: " + e.getMessage(), e);
            }
        }
        return Acknowledgement.of(request);
    }
}
