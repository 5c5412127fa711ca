package io.skiff.server.rest.query;

import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.RestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the object that stands for a query: its one member is named for the kind of query. */
public final class QueryParser {
    private static final Map<String, Function<QueryParser, Query>> KINDS = kinds();

    private final JsonReader json;
    private final QueryLimits limits;
    private int depth;
    private int clauses;

    /** Of one request, whose queries are counted together. */
    public QueryParser(JsonReader json, QueryLimits limits) {
        this.json = json;
        this.limits = limits;
    }

    private static Map<String, Function<QueryParser, Query>> kinds() {
        Map<String, Function<QueryParser, Query>> kinds = new LinkedHashMap<>();
        kinds.put("match_all", CompoundQueries::matchAll);
        kinds.put("match_none", CompoundQueries::matchNone);
        kinds.put("match", TextQueries::match);
        kinds.put("multi_match", TextQueries::multiMatch);
        kinds.put("term", TermQueries::term);
        kinds.put("terms", TermQueries::terms);
        kinds.put("range", TermQueries::range);
        kinds.put("exists", TermQueries::exists);
        kinds.put("ids", TermQueries::ids);
        kinds.put("prefix", TermQueries::prefix);
        kinds.put("bool", CompoundQueries::bool);
        kinds.put("constant_score", CompoundQueries::constantScore);
        kinds.put("sparse_vector", VectorQueries::sparseVector);
        kinds.put("text_expansion", VectorQueries::textExpansion);
        kinds.put("weighted_tokens", VectorQueries::weightedTokens);
        kinds.put("neural_sparse", VectorQueries::neuralSparse);
        return kinds;
    }

    /** The query at which the reader stands. */
    public Query query() {
        if (++depth > limits.maxDepth()) {
            throw RestException.illegalArgument(
                    "The nested depth of the query exceeds the maximum nested depth, which is " + limits.maxDepth());
        }
        if (++clauses > limits.maxClauses()) {
            throw new RestException(400, "too_many_clauses", "maxClauseCount is set to " + limits.maxClauses());
        }
        Query[] read = new Query[1];
        json.object("query", name -> {
            if (read[0] != null) {
                throw json.fail("[query] malformed query, expected one member but found a second: [" + name + "]");
            }
            Function<QueryParser, Query> kind = KINDS.get(name);
            if (kind == null) {
                throw unknown(name);
            }
            read[0] = kind.apply(this);
        });
        if (read[0] == null) {
            throw json.fail("query malformed, empty clause found; expected one of " + KINDS.keySet());
        }
        depth--;
        return read[0];
    }

    private RestException unknown(String name) {
        RestException failure = json.fail("unknown query [" + name + "]");
        return failure.causedBy("named_object_not_found_exception", json.position() + " unknown field [" + name + "]");
    }

    /** One query, or an array of them. */
    public List<Query> queries(String what) {
        if (!json.isArray()) {
            return List.of(query());
        }
        List<Query> queries = new ArrayList<>();
        json.array(what, () -> queries.add(query()));
        return queries;
    }

    JsonReader json() {
        return json;
    }

    QueryLimits limits() {
        return limits;
    }

    /** A factor on the score. */
    float boost() {
        float boost = json.numberOrText("boost");
        if (boost < 0) {
            throw json.fail("[boost] must not be negative, got " + boost);
        }
        return boost;
    }

    MinimumShouldMatch minimumShouldMatch() {
        String text = json.text("minimum_should_match");
        try {
            return MinimumShouldMatch.parse(text);
        } catch (IllegalArgumentException e) {
            throw json.fail(e.getMessage());
        }
    }

    /** Reads {@code {FIELD: ...}}, a kind of query that has one field; {@code body} reads what stands under it. */
    String oneField(String kind, Runnable body) {
        String[] field = new String[1];
        json.object(kind, name -> {
            if (field[0] != null) {
                throw json.fail("[" + kind + "] query doesn't support multiple fields, found [" + field[0] + "] and ["
                        + name + "]");
            }
            field[0] = name;
            body.run();
        });
        if (field[0] == null) {
            throw json.fail("[" + kind + "] needs a field: {\"" + kind + "\": {\"FIELD\": ...}}");
        }
        return field[0];
    }
}
