package io.skiff.server.rest.search;

import io.skiff.index.SparseVector;
import io.skiff.scoring.Searcher;
import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.RestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the object that stands for a query: its one member is named for the kind of query. */
final class QueryParser {
    private static final List<String> KINDS = List.of("match", "sparse_vector");
    private static final List<String> MATCH_MEMBERS = List.of("query", "boost", "operator");
    private static final List<String> SPARSE_VECTOR_MEMBERS = List.of("field", "query_vector", "boost", "prune");

    private final JsonReader json;
    private Query query;

    private QueryParser(JsonReader json) {
        this.json = json;
    }

    /** The query at which {@code json} stands. */
    static Query parse(JsonReader json) {
        QueryParser parser = new QueryParser(json);
        json.object("query", parser::kind);
        if (parser.query == null) {
            throw json.fail("[query] is empty, expected one of " + KINDS);
        }
        return parser.query;
    }

    private void kind(String name) {
        if (query != null) {
            throw json.fail("[query] must have one member, found a second: [" + name + "]");
        }
        query = switch (name) {
            case "match" -> match();
            case "sparse_vector" -> sparseVector();
            default -> throw json.fail("unknown query [" + name + "]; this version supports " + KINDS);
        };
    }

    private Query.Match match() {
        var reading = new Object() {
            String field;
            String text;
            float boost = 1;
        };
        json.object("match", field -> {
            if (reading.field != null) {
                throw json.fail("[match] query doesn't support multiple fields, found [" + reading.field + "] and ["
                        + field + "]");
            }
            reading.field = field;
            if (!json.isObject()) {
                reading.text = json.text("match." + field);
                return;
            }
            json.object("match." + field, member -> {
                switch (member) {
                    case "query" -> reading.text = json.text("query");
                    case "boost" -> reading.boost = boost();
                    case "operator" -> requireOr();
                    default -> throw json.unknown("match", member, MATCH_MEMBERS);
                }
            });
        });
        if (reading.field == null || reading.text == null) {
            throw json.fail("[match] needs a field and a text: {\"match\": {\"FIELD\": \"WORDS\"}}");
        }
        return new Query.Match(reading.field, reading.text, reading.boost);
    }

    private void requireOr() {
        String operator = json.string("operator");
        if (!operator.toLowerCase(Locale.ROOT).equals("or")) {
            throw json.fail("[match] does not support [operator] = [" + operator + "] in this version, only [or]");
        }
    }

    private Query.SparseVectorQuery sparseVector() {
        var reading = new Object() {
            String field;
            SparseVector vector;
            float boost = 1;
        };
        json.object("sparse_vector", member -> {
            switch (member) {
                case "field" -> reading.field = json.string("field");
                case "query_vector" -> reading.vector = vector();
                case "boost" -> reading.boost = boost();
                case "prune" -> requireNoPruning();
                default -> throw json.unknown("sparse_vector", member, SPARSE_VECTOR_MEMBERS);
            }
        });
        if (reading.field == null || reading.vector == null) {
            throw json.fail("[sparse_vector] needs a [field] and a [query_vector]");
        }
        return new Query.SparseVectorQuery(reading.field, reading.vector, reading.boost);
    }

    private void requireNoPruning() {
        if (json.bool("prune")) {
            throw json.fail("[sparse_vector] does not support [prune] = [true] in this version");
        }
    }

    private SparseVector vector() {
        Map<String, Float> weights = new LinkedHashMap<>();
        json.object("query_vector", token -> {
            float weight = json.number("query_vector." + token);
            if (weight < 0) {
                throw json.fail("[query_vector] weight of token [" + token + "] must not be negative, got " + weight);
            }
            weights.put(token, weight);
            requireTokenCount(weights.size());
        });
        return SparseVector.of(weights);
    }

    private float boost() {
        float boost = json.number("boost");
        if (!(boost > 0)) {
            throw json.fail("[boost] must be greater than zero, got " + boost);
        }
        return boost;
    }

    /** Refuses a query of more tokens than can be searched. */
    static void requireTokenCount(int count) {
        if (count > Searcher.MAX_QUERY_TOKENS) {
            throw new RestException(
                    400,
                    "too_many_clauses",
                    "a query may have at most " + Searcher.MAX_QUERY_TOKENS + " tokens, this one has more");
        }
    }
}
