package io.skiff.server.rest.document;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.SourceFilter;
import io.skiff.server.rest.SourceParameters;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code GET /{index}/_doc/{id}} and {@code GET /{index}/_source/{id}}: a document as it is now, refreshed or not. */
public final class GetDocumentEndpoint implements Endpoint {
    /** Parameters of the query string; it is always the newest, wherever from. */
    public static final Set<String> PARAMETERS = parameters();

    private final Collections collections;
    private final boolean sourceOnly;

    /**
     * Over these collections.
     *
     * @param sourceOnly whether the answer is the source alone
     */
    public GetDocumentEndpoint(Collections collections, boolean sourceOnly) {
        this.collections = collections;
        this.sourceOnly = sourceOnly;
    }

    private static Set<String> parameters() {
        Set<String> parameters = new HashSet<>(SourceParameters.NAMES);
        parameters.addAll(Set.of("realtime", "preference", "refresh"));
        return Set.copyOf(parameters);
    }

    @Override
    public Response answer(Request request) {
        String index = request.pathParameter("index");
        String id = request.pathParameter("id");
        SourceFilter filter = SourceParameters.parse(request);
        if (request.flag("refresh", false)) {
            collections.live(index).ifPresent(LiveIndex::refresh);
        }
        Optional<FoundDocument> found = FoundDocument.find(collections, index, id);
        if (sourceOnly) {
            FoundDocument document = found.orElseThrow(() -> new RestException(
                    404, "resource_not_found_exception", "Document not found [" + index + "]/[" + id + "]"));
            return Response.json(request, json -> document.copySource(json, filter));
        }
        return Response.json(request, found.isPresent() ? 200 : 404, Map.of(), json -> {
            json.writeStartObject();
            FoundDocument.write(json, index, id, found, filter);
            json.writeEndObject();
        });
    }
}
