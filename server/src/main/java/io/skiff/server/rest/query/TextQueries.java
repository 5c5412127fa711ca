package io.skiff.server.rest.query;

import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.query.Query.MultiMatchType;
import io.skiff.server.rest.query.Query.Operator;
import io.skiff.server.rest.query.Query.WeightedField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads queries in words. */
final class TextQueries {
    private static final List<String> MATCH_MEMBERS = List.of("query", "operator", "minimum_should_match", "boost");
    private static final List<String> MULTI_MATCH_MEMBERS =
            List.of("query", "fields", "type", "operator", "minimum_should_match", "tie_breaker", "boost");

    /** Most fields of one query in words: each is a search of its own. */
    private static final int MAX_FIELDS = 256;

    private TextQueries() {}

    static Query match(QueryParser parser) {
        JsonReader json = parser.json();
        var reading = new Object() {
            String text;
            Operator operator = Operator.OR;
            Optional<MinimumShouldMatch> minimum = Optional.empty();
            float boost = 1;
        };
        String field = parser.oneField("match", () -> {
            if (!json.isObject()) {
                reading.text = json.text("match");
                return;
            }
            json.object("match", member -> {
                switch (member) {
                    case "query" -> reading.text = json.text("query");
                    case "operator" -> reading.operator = operator(json);
                    case "minimum_should_match" -> reading.minimum = Optional.of(parser.minimumShouldMatch());
                    case "boost" -> reading.boost = parser.boost();
                    default -> throw json.unknown("match", member, MATCH_MEMBERS);
                }
            });
        });
        if (reading.text == null) {
            throw json.fail("[match] needs a text: {\"match\": {\"" + field + "\": \"WORDS\"}}");
        }
        return new Query.Match(field, reading.text, reading.operator, reading.minimum, reading.boost);
    }

    static Query multiMatch(QueryParser parser) {
        JsonReader json = parser.json();
        var reading = new Object() {
            String text;
            final List<WeightedField> fields = new ArrayList<>();
            MultiMatchType type = MultiMatchType.BEST_FIELDS;
            Operator operator = Operator.OR;
            Optional<MinimumShouldMatch> minimum = Optional.empty();
            Float tieBreaker;
            float boost = 1;
        };
        json.object("multi_match", member -> {
            switch (member) {
                case "query" -> reading.text = json.text("query");
                case "fields" -> json.array("fields", () -> addField(json, reading.fields));
                case "type" -> reading.type = type(json);
                case "operator" -> reading.operator = operator(json);
                case "minimum_should_match" -> reading.minimum = Optional.of(parser.minimumShouldMatch());
                case "tie_breaker" -> reading.tieBreaker = tieBreaker(json);
                case "boost" -> reading.boost = parser.boost();
                default -> throw json.unknown("multi_match", member, MULTI_MATCH_MEMBERS);
            }
        });
        if (reading.text == null || reading.fields.isEmpty()) {
            throw json.fail("[multi_match] needs a [query] and [fields]; without fields it would search all of them,"
                    + " which is not supported");
        }
        return new Query.MultiMatch(
                reading.text,
                reading.fields,
                reading.type,
                reading.operator,
                reading.minimum,
                tieBreaker(reading.tieBreaker, reading.type),
                reading.boost);
    }

    /** {@code title} or {@code title^3}. */
    private static void addField(JsonReader json, List<WeightedField> fields) {
        String text = json.string("fields");
        if (text.contains("*")) {
            throw json.fail("[fields] does not support patterns such as [" + text + "]; name the fields");
        }
        if (fields.size() == MAX_FIELDS) {
            throw json.fail("[fields] may name at most " + MAX_FIELDS + " fields");
        }
        int caret = text.lastIndexOf('^');
        try {
            float boost = caret < 0 ? 1 : Float.parseFloat(text.substring(caret + 1));
            if (boost >= 0 && Float.isFinite(boost)) {
                fields.add(new WeightedField(caret < 0 ? text : text.substring(0, caret), boost));
                return;
            }
        } catch (NumberFormatException e) {
            throw noBoost(json, text);
        }
        throw noBoost(json, text);
    }

    private static RuntimeException noBoost(JsonReader json, String text) {
        return json.fail("[fields] [" + text + "] must be like FIELD or FIELD^2, with a factor that is not negative");
    }

    private static MultiMatchType type(JsonReader json) {
        String type = json.string("type");
        return switch (type) {
            case "best_fields" -> MultiMatchType.BEST_FIELDS;
            case "most_fields" -> MultiMatchType.MOST_FIELDS;
            default ->
                throw json.fail(
                        "[multi_match] does not support [type] = [" + type + "], only [best_fields] and [most_fields]");
        };
    }

    /** What the type means where it is not said. */
    private static float tieBreaker(Float given, MultiMatchType type) {
        if (given != null) {
            return given;
        }
        return type == MultiMatchType.MOST_FIELDS ? 1 : 0;
    }

    private static float tieBreaker(JsonReader json) {
        float tieBreaker = json.numberOrText("tie_breaker");
        if (tieBreaker < 0 || tieBreaker > 1) {
            throw json.fail("[tie_breaker] must be from 0 to 1, got " + tieBreaker);
        }
        return tieBreaker;
    }

    private static Operator operator(JsonReader json) {
        String operator = json.string("operator");
        return switch (operator.toLowerCase(Locale.ROOT)) {
            case "or" -> Operator.OR;
            case "and" -> Operator.AND;
            default -> throw json.fail("[operator] must be [or] or [and], got [" + operator + "]");
        };
    }
}
