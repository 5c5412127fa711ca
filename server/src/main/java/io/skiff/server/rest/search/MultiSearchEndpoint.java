package io.skiff.server.rest.search;

import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Indices;
import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.explain.SearchTrace;
import io.skiff.server.rest.query.QueryLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;

/** {@code _msearch}: several searches in one request, one after the other, each with an answer or an error of its own. */
public final class MultiSearchEndpoint implements Endpoint {
    /** Parameters of the query string; there are no suggesters to type, and searches do not run side by side. */
    public static final Set<String> PARAMETERS = Set.of("typed_keys", "max_concurrent_searches");

    /** Most searches of one request. */
    static final int MAX_SEARCHES = 1_000;

    private final Collections collections;
    private final QueryLimits limits;

    /** Over these collections. */
    public MultiSearchEndpoint(Collections collections, QueryLimits limits) {
        this.collections = collections;
        this.limits = limits;
    }

    private record Line(String index, byte[] body) {}

    @Override
    public Response answer(Request request) {
        long start = System.nanoTime();
        List<Line> searches = searches(request);
        SourceBudget budget = new SourceBudget();
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("responses");
            searches.forEach(search -> answer(json, search, budget, request.cancellation()));
            json.writeEndArray();
            json.writeNumberProperty("took", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            json.writeEndObject();
        });
    }

    private void answer(JsonGenerator json, Line line, SourceBudget budget, Cancellation cancellation) {
        Collection acquired;
        try {
            acquired = Indices.acquire(collections, line.index());
        } catch (RestException e) {
            e.write(json);
            return;
        }
        try (acquired) {
            answer(json, acquired, line.body(), budget, cancellation);
        }
    }

    private void answer(
            JsonGenerator json, Collection collection, byte[] body, SourceBudget budget, Cancellation cancellation) {
        long start = System.nanoTime();
        SearchRequest search;
        SearchTrace trace;
        Found found;
        try {
            search = SearchRequestParser.parse(body, limits);
            trace = new SearchTrace(collection, search.profile(), search.tellsTokens());
            found = CollectionSearch.search(collection, limits, search, cancellation, trace);
        } catch (RestException e) {
            cancellation.check(); // rather than go on with the next one
            e.write(json);
            return;
        }
        new SearchResponseWriter(json, collection, search, budget, trace, cancellation)
                .write(found, System.nanoTime() - start, 200);
    }

    /** Pairs of lines: the index, then the search. */
    private static List<Line> searches(Request request) {
        String ofPath = request.hasPathParameter("index") ? request.pathParameter("index") : null;
        List<byte[]> lines = lines(request.body());
        if (lines.isEmpty() || lines.size() % 2 != 0) {
            throw RestException.illegalArgument(
                    "[_msearch] needs pairs of lines, each a header and a search, and got " + lines.size() + " lines");
        }
        if (lines.size() / 2 > MAX_SEARCHES) {
            throw RestException.illegalArgument(
                    "[_msearch] takes at most " + MAX_SEARCHES + " searches, got " + lines.size() / 2);
        }
        List<Line> searches = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            String index = index(lines.get(i), ofPath);
            searches.add(new Line(index, lines.get(i + 1)));
        }
        return searches;
    }

    private static String index(byte[] header, String ofPath) {
        String[] index = {ofPath};
        if (header.length > 0) {
            JsonReader.read(header, json -> {
                json.object("header", member -> {
                    if (!member.equals("index")) {
                        throw json.unknown("_msearch", member, List.of("index"));
                    }
                    if (json.isArray()) {
                        List<String> names = new ArrayList<>();
                        json.array("index", () -> names.add(json.string("index")));
                        index[0] = String.join(",", names);
                    } else {
                        index[0] = json.string("index");
                    }
                });
                return null;
            });
        }
        if (index[0] == null) {
            throw RestException.illegalArgument("[_msearch] needs an [index], in the path or in each header");
        }
        return index[0];
    }

    /** Without their ends; what follows the last end is a line if there is something. An empty header is one, too. */
    private static List<byte[]> lines(byte[] body) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= body.length; i++) {
            boolean end = i == body.length;
            if (end ? i > from : body[i] == '\n') {
                int to = i > from && body[i - 1] == '\r' ? i - 1 : i;
                byte[] line = Arrays.copyOfRange(body, from, to);
                boolean betweenPairs = line.length == 0 && lines.size() % 2 == 0 && i + 1 >= body.length;
                if (!betweenPairs) {
                    lines.add(line);
                }
                from = i + 1;
            }
        }
        return lines;
    }
}
