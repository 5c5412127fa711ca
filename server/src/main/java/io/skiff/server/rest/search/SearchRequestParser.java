package io.skiff.server.rest.search;

import io.skiff.scoring.Searcher;
import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.RestException;
import java.util.List;
import java.util.Set;

/** Reads a search from the body and the parameters of its request; refuses by name what it does not know. */
final class SearchRequestParser {
    /** Parameters of the query string that a search understands; {@code typed_keys} changes nothing without suggesters. */
    static final Set<String> PARAMETERS = Set.of("typed_keys", "from", "size", "track_total_hits");

    private static final List<String> MEMBERS = List.of("query", "from", "size", "_source", "track_total_hits");

    private final JsonReader json;
    private Query query;
    private int from;
    private int size = SearchRequest.DEFAULT_SIZE;
    private SourceFilter source = SourceFilter.ALL;
    private int totalHitsLimit = SearchRequest.DEFAULT_TOTAL_HITS_LIMIT;

    private SearchRequestParser(JsonReader json) {
        this.json = json;
    }

    /** The search that the request asks for. */
    static SearchRequest parse(Request request) {
        if (request.body().length == 0) {
            throw RestException.illegalArgument(
                    "a search needs a body with a [query]; [match_all] is not supported in this version");
        }
        return JsonReader.read(request.body(), json -> {
            SearchRequestParser parser = new SearchRequestParser(json);
            json.object("search", parser::member);
            if (parser.query == null) {
                throw json.fail("a search needs a [query]; [match_all] is not supported in this version");
            }
            return parser.finish(request);
        });
    }

    private void member(String name) {
        switch (name) {
            case "query" -> query = QueryParser.parse(json);
            case "from" -> from = json.integer("from");
            case "size" -> size = json.integer("size");
            case "_source" -> source = SourceFilter.parse(json);
            case "track_total_hits" ->
                totalHitsLimit =
                        json.isBoolean() ? totalHits(json.bool("track_total_hits")) : json.integer("track_total_hits");
            default -> throw json.unknown("_search", name, MEMBERS);
        }
    }

    /** Parameters win over the body, as Elasticsearch has it. */
    private SearchRequest finish(Request request) {
        from = request.parameter("from").map(value -> integer("from", value)).orElse(from);
        size = request.parameter("size").map(value -> integer("size", value)).orElse(size);
        totalHitsLimit = request.parameter("track_total_hits")
                .map(SearchRequestParser::totalHitsParameter)
                .orElse(totalHitsLimit);
        if (from < 0) {
            throw RestException.illegalArgument("[from] parameter cannot be negative, found [" + from + "]");
        }
        if (size < 0) {
            throw RestException.illegalArgument("[size] parameter cannot be negative, found [" + size + "]");
        }
        long window = (long) from + size;
        if (window > Searcher.MAX_K) {
            throw RestException.illegalArgument(
                    "Result window is too large, from + size must be less than or equal to: [" + Searcher.MAX_K
                            + "] but was [" + window + "]");
        }
        if (totalHitsLimit < SearchRequest.NO_TOTAL) {
            throw RestException.illegalArgument(
                    "[track_total_hits] must be true, false or a number from 0, found [" + totalHitsLimit + "]");
        }
        return new SearchRequest(query, from, size, source, totalHitsLimit);
    }

    private static int totalHits(boolean counted) {
        return counted ? SearchRequest.EVERY_HIT : SearchRequest.NO_TOTAL;
    }

    private static int totalHitsParameter(String value) {
        return switch (value) {
            case "", "true" -> SearchRequest.EVERY_HIT;
            case "false" -> SearchRequest.NO_TOTAL;
            default -> integer("track_total_hits", value);
        };
    }

    private static int integer(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw RestException.illegalArgument(
                    "Failed to parse int parameter [" + name + "] with value [" + value + "]");
        }
    }
}
