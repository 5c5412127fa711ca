package io.skiff.server.rest.document;

import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.SourceFilter;
import io.skiff.server.rest.SourceParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code _mget}: several documents by their ids, each as {@code GET} gives it. */
public final class MultiGetEndpoint implements Endpoint {
    /** Parameters of the query string. */
    public static final Set<String> PARAMETERS = GetDocumentEndpoint.PARAMETERS;

    /** Most documents of one request. */
    static final int MAX_DOCUMENTS = 10_000;

    /** Most bytes of sources in one answer, which is held in memory as a whole. */
    private static final long MAX_SOURCE_BYTES = 100 << 20;

    private static final List<String> MEMBERS = List.of("_index", "_id", "_source");

    private final Collections collections;

    /** Over these collections. */
    public MultiGetEndpoint(Collections collections) {
        this.collections = collections;
    }

    private record Asked(String index, String id, SourceFilter filter) {}

    @Override
    public Response answer(Request request) {
        List<Asked> asked = parse(request);
        return Response.json(request, json -> {
            long bytes = 0;
            json.writeStartObject();
            json.writeArrayPropertyStart("docs");
            for (Asked each : asked) {
                bytes += write(json, each);
                if (bytes > MAX_SOURCE_BYTES) {
                    throw RestException.illegalArgument("the documents hold more than " + MAX_SOURCE_BYTES
                            + " bytes of [_source]; ask for fewer, or for [_source]: false");
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private int write(JsonGenerator json, Asked asked) {
        Optional<FoundDocument> found;
        json.writeStartObject();
        try {
            found = FoundDocument.find(collections, asked.index(), asked.id());
            FoundDocument.write(json, asked.index(), asked.id(), found, asked.filter());
        } catch (RestException e) {
            found = Optional.empty();
            json.writeStringProperty("_index", asked.index());
            json.writeStringProperty("_id", asked.id());
            e.writeError(json);
        }
        json.writeEndObject();
        return found.filter(each -> !asked.filter().none())
                .map(each -> each.source().length)
                .orElse(0);
    }

    private static List<Asked> parse(Request request) {
        Optional<String> ofPath =
                request.hasPathParameter("index") ? Optional.of(request.pathParameter("index")) : Optional.empty();
        SourceFilter filter = SourceParameters.parse(request);
        List<Asked> asked = new ArrayList<>();
        JsonReader.read(request.body(), json -> {
            json.object("mget", member -> {
                switch (member) {
                    case "ids" ->
                        json.array("ids", () -> asked.add(new Asked(require(ofPath), json.text("ids"), filter)));
                    case "docs" -> json.array("docs", () -> asked.add(document(json, ofPath, filter)));
                    default -> throw json.unknown("_mget", member, List.of("docs", "ids"));
                }
            });
            return null;
        });
        if (asked.isEmpty()) {
            throw new RestException(
                    400, "action_request_validation_exception", "Validation Failed: 1: no documents to get;");
        }
        if (asked.size() > MAX_DOCUMENTS) {
            throw RestException.illegalArgument(
                    "[_mget] takes at most " + MAX_DOCUMENTS + " documents, got " + asked.size());
        }
        return asked;
    }

    private static Asked document(JsonReader json, Optional<String> ofPath, SourceFilter filter) {
        String[] names = new String[2];
        SourceFilter[] own = {filter};
        json.object("docs", member -> {
            switch (member) {
                case "_index" -> names[0] = json.string("_index");
                case "_id" -> names[1] = json.text("_id");
                case "_source" -> own[0] = SourceFilter.parse(json);
                default -> throw json.unknown("docs", member, MEMBERS);
            }
        });
        if (names[1] == null) {
            throw new RestException(400, "action_request_validation_exception", "Validation Failed: 1: id is missing;");
        }
        return new Asked(names[0] == null ? require(ofPath) : names[0], names[1], own[0]);
    }

    private static String require(Optional<String> index) {
        return index.orElseThrow(() -> new RestException(
                400, "action_request_validation_exception", "Validation Failed: 1: index is missing;"));
    }
}
