package io.skiff.server.rest.document;

import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.QueryLimits;
import io.skiff.server.rest.query.QueryParser;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a deletion by query asks for.
 *
 * @param query which documents
 * @param maxDocuments how many of them at most
 * @param proceed whether to go on where a document has changed meanwhile
 */
record DeleteByQueryRequest(Query query, long maxDocuments, boolean proceed) {
    /** Parameters of the query string; it works in one piece, as fast as it can. */
    static final Set<String> PARAMETERS = parameters();

    private static Set<String> parameters() {
        Set<String> parameters = new HashSet<>(WriteParameters.COMMON);
        parameters.addAll(Set.of(
                "conflicts",
                "max_docs",
                "wait_for_completion",
                "scroll_size",
                "slices",
                "requests_per_second",
                "ignore_unavailable",
                "allow_no_indices",
                "expand_wildcards"));
        return Set.copyOf(parameters);
    }

    static DeleteByQueryRequest parse(Request request, QueryLimits limits) {
        if (!request.flag("wait_for_completion", true)) {
            throw RestException.illegalArgument("[wait_for_completion] = [false] is not supported in this version");
        }
        Query[] query = new Query[1];
        long[] most = {
            request.parameter("max_docs")
                    .map(value -> WriteParameters.number("max_docs", value))
                    .orElse(Long.MAX_VALUE)
        };
        String[] conflicts = {request.parameter("conflicts").orElse("abort")};
        if (request.body().length > 0) {
            JsonReader.read(request.body(), json -> {
                json.object("delete_by_query", member -> {
                    switch (member) {
                        case "query" -> query[0] = new QueryParser(json, limits).query();
                        case "max_docs" -> most[0] = json.integer("max_docs");
                        case "conflicts" -> conflicts[0] = json.string("conflicts");
                        default ->
                            throw json.unknown("_delete_by_query", member, List.of("query", "max_docs", "conflicts"));
                    }
                });
                return null;
            });
        }
        if (query[0] == null) {
            throw new RestException(
                    400, "action_request_validation_exception", "Validation Failed: 1: query is missing;");
        }
        boolean proceed = switch (conflicts[0]) {
            case "proceed" -> true;
            case "abort" -> false;
            default ->
                throw RestException.illegalArgument(
                        "conflicts may only be \"proceed\" or \"abort\" but was [" + conflicts[0] + "]");
        };
        return new DeleteByQueryRequest(query[0], most[0], proceed);
    }
}
