package io.skiff.server.rest.search;

import io.skiff.scoring.Searcher;
import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.SourceFilter;
import io.skiff.server.rest.SourceParameters;
import io.skiff.server.rest.TimeValue;
import io.skiff.server.rest.highlight.Highlight;
import io.skiff.server.rest.highlight.HighlightParser;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.QueryLimits;
import io.skiff.server.rest.query.QueryParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a search from the body and the parameters of its request; refuses by name what it does not know. */
final class SearchRequestParser {
    /**
     * Parameters of the query string that a search understands; the last ones change nothing where there is one index of
     * one shard, and no suggesters.
     */
    static final Set<String> PARAMETERS = Set.of(
            "from",
            "size",
            "track_total_hits",
            "timeout",
            "sort",
            "track_scores",
            "explain",
            "_source",
            "_source_includes",
            "_source_excludes",
            "_source_exclude_vectors",
            "typed_keys",
            "preference",
            "request_cache",
            "search_type",
            "allow_no_indices",
            "expand_wildcards",
            "allow_partial_search_results",
            "ccs_minimize_roundtrips",
            "batched_reduce_size",
            "max_concurrent_shard_requests",
            "pre_filter_shard_size");

    private static final List<String> MEMBERS = List.of(
            "query",
            "retriever",
            "from",
            "size",
            "_source",
            "track_total_hits",
            "sort",
            "search_after",
            "track_scores",
            "min_score",
            "timeout",
            "terminate_after",
            "highlight",
            "rescore",
            "explain",
            "profile",
            "ext");

    private final JsonReader json;
    private final QueryParser queries;
    private Optional<Query> query = Optional.empty();
    private Optional<Retriever> retriever = Optional.empty();
    private int from;
    private int size = SearchRequest.DEFAULT_SIZE;
    private SourceFilter source = SourceFilter.ALL;
    private int totalHitsLimit = SearchRequest.DEFAULT_TOTAL_HITS_LIMIT;
    private List<SortKey> sort = List.of();
    private final List<Optional<String>> searchAfter = new ArrayList<>();
    private boolean trackScores;
    private Optional<Float> minScore = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();
    private OptionalInt terminateAfter = OptionalInt.empty();
    private Optional<Highlight> highlight = Optional.empty();
    private List<Rescore> rescore = List.of();
    private boolean explain;
    private boolean profile;
    private SkiffOptions skiff = SkiffOptions.DEFAULT;

    private SearchRequestParser(JsonReader json, QueryLimits limits) {
        this.json = json;
        this.queries = new QueryParser(json, limits);
    }

    /** The search that the request asks for. */
    static SearchRequest parse(Request request, QueryLimits limits) {
        return parse(request.body(), Optional.of(request), limits);
    }

    /** The search that a body asks for. */
    static SearchRequest parse(byte[] body, QueryLimits limits) {
        return parse(body, Optional.empty(), limits);
    }

    private static SearchRequest parse(byte[] body, Optional<Request> request, QueryLimits limits) {
        if (body.length == 0) {
            return new SearchRequestParser(null, limits).finish(request);
        }
        return JsonReader.read(body, json -> {
            SearchRequestParser parser = new SearchRequestParser(json, limits);
            json.object("search", parser::member);
            return parser.finish(request);
        });
    }

    private void member(String name) {
        switch (name) {
            case "query" -> query = Optional.of(queries.query());
            case "retriever" -> retriever = Optional.of(new RetrieverParser(json, queries).retriever());
            case "from" -> from = json.integer("from");
            case "size" -> size = json.integer("size");
            case "_source" -> source = SourceFilter.parse(json);
            case "track_total_hits" ->
                totalHitsLimit =
                        json.isBoolean() ? totalHits(json.bool("track_total_hits")) : json.integer("track_total_hits");
            case "sort" -> sort = SortParser.parse(json);
            case "search_after" ->
                json.array(
                        "search_after",
                        () -> searchAfter.add(
                                json.isNull() ? Optional.empty() : Optional.of(json.text("search_after"))));
            case "track_scores" -> trackScores = json.bool("track_scores");
            case "min_score" -> minScore = Optional.of(json.number("min_score"));
            case "timeout" -> timeout = Optional.of(TimeValue.parse("timeout", json.text("timeout")));
            case "terminate_after" -> terminateAfter = OptionalInt.of(json.integer("terminate_after"));
            case "highlight" -> highlight = Optional.of(HighlightParser.parse(json));
            case "rescore" -> rescore = Rescore.parse(json, queries);
            case "explain" -> explain = json.bool("explain");
            case "profile" -> profile = json.bool("profile");
            case "ext" -> skiff = SkiffOptions.parse(json);
            default -> throw json.unknown("_search", name, MEMBERS);
        }
    }

    /** Parameters win over the body, as Elasticsearch has it. */
    private void parameters(Request request) {
        request.parameter("from").ifPresent(value -> from = integer("from", value));
        request.parameter("size").ifPresent(value -> size = integer("size", value));
        request.parameter("timeout").ifPresent(value -> timeout = Optional.of(TimeValue.parse("timeout", value)));
        request.parameter("track_total_hits").ifPresent(value -> totalHitsLimit = totalHitsParameter(value));
        request.parameter("sort").ifPresent(value -> sort = SortParser.parse(value));
        trackScores = request.flag("track_scores", trackScores);
        explain = request.flag("explain", explain);
        source = SourceParameters.over(source, request);
    }

    private SearchRequest finish(Optional<Request> request) {
        request.ifPresent(this::parameters);
        if (searchAfter.isEmpty() && sort.equals(List.of(new SortKey.ByScore(true)))) {
            sort = List.of(); // which is the order anyway, and then there is nothing to go on after
        }
        requireRanges();
        if (retriever.isPresent()
                && (query.isPresent()
                        || !sort.isEmpty()
                        || !rescore.isEmpty()
                        || !searchAfter.isEmpty()
                        || minScore.isPresent()
                        || terminateAfter.isPresent())) {
            throw RestException.illegalArgument("a search with a [retriever] cannot have a [query], [sort], [rescore],"
                    + " [search_after], [min_score] or [terminate_after] beside it");
        }
        return new SearchRequest(
                query,
                retriever,
                from,
                size,
                source,
                totalHitsLimit,
                sort,
                searchAfter,
                trackScores,
                minScore,
                timeout,
                terminateAfter,
                highlight,
                rescore,
                explain,
                profile,
                skiff);
    }

    private void requireRanges() {
        if (terminateAfter.orElse(0) < 0) {
            throw RestException.illegalArgument("[terminate_after] must not be negative");
        }
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
        if (terminateAfter.orElse(0) < 0) {
            throw RestException.illegalArgument(
                    "[terminate_after] must not be negative, found [" + terminateAfter.getAsInt() + "]");
        }
        if (!searchAfter.isEmpty()) {
            if (searchAfter.size() != sort.size()) {
                throw RestException.illegalArgument(
                        "[search_after] has " + searchAfter.size() + " value(s) but sort has " + sort.size() + ".");
            }
            if (from > 0) {
                throw RestException.illegalArgument("[from] parameter must be set to 0 when [search_after] is used");
            }
        }
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
