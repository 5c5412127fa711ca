package io.skiff.server.rest.query;

import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.query.Query.Bound;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads queries on the values of a field. */
final class TermQueries {
    /** No field of a document, but found like one. */
    private static final String ID = "_id";

    private static final List<String> TERM_MEMBERS = List.of("value", "case_insensitive", "boost");
    private static final List<String> RANGE_MEMBERS = List.of("gte", "gt", "lte", "lt", "format", "time_zone", "boost");

    private TermQueries() {}

    private record Value(String field, String value, boolean caseInsensitive, float boost) {}

    static Query term(QueryParser parser) {
        Value read = value(parser, "term");
        if (read.field().equals(ID)) {
            return new Query.Ids(List.of(read.value()), read.boost());
        }
        return new Query.Term(read.field(), read.value(), read.caseInsensitive(), read.boost());
    }

    static Query prefix(QueryParser parser) {
        Value read = value(parser, "prefix");
        return new Query.Prefix(read.field(), read.value(), read.caseInsensitive(), read.boost());
    }

    private static Value value(QueryParser parser, String kind) {
        JsonReader json = parser.json();
        var reading = new Object() {
            String value;
            boolean caseInsensitive;
            float boost = 1;
        };
        String field = parser.oneField(kind, () -> {
            if (!json.isObject()) {
                reading.value = json.text(kind);
                return;
            }
            json.object(kind, member -> {
                switch (member) {
                    case "value" -> reading.value = json.text("value");
                    case "case_insensitive" -> reading.caseInsensitive = json.bool("case_insensitive");
                    case "boost" -> reading.boost = parser.boost();
                    default -> throw json.unknown(kind, member, TERM_MEMBERS);
                }
            });
        });
        if (reading.value == null) {
            throw json.fail("[" + kind + "] needs a value: {\"" + kind + "\": {\"" + field + "\": \"VALUE\"}}");
        }
        return new Value(field, reading.value, reading.caseInsensitive, reading.boost);
    }

    static Query terms(QueryParser parser) {
        JsonReader json = parser.json();
        var reading = new Object() {
            String field;
            List<String> values;
            float boost = 1;
        };
        json.object("terms", member -> {
            if (member.equals("boost")) {
                reading.boost = parser.boost();
            } else if (reading.field != null) {
                throw json.fail("[terms] query does not support multiple fields, found [" + reading.field + "] and ["
                        + member + "]");
            } else if (json.isObject()) {
                throw json.fail("[terms] does not support looking up the terms of [" + member + "] in a document");
            } else {
                reading.field = member;
                reading.values = values(parser, "terms");
            }
        });
        if (reading.field == null) {
            throw json.fail("[terms] query requires a field name, followed by array of terms");
        }
        return reading.field.equals(ID)
                ? new Query.Ids(reading.values, reading.boost)
                : new Query.Terms(reading.field, reading.values, reading.boost);
    }

    static Query ids(QueryParser parser) {
        JsonReader json = parser.json();
        var reading = new Object() {
            List<String> values = List.of();
            float boost = 1;
        };
        json.object("ids", member -> {
            switch (member) {
                case "values" -> reading.values = json.isArray() ? values(parser, "ids") : List.of(json.text("values"));
                case "boost" -> reading.boost = parser.boost();
                default -> throw json.unknown("ids", member, List.of("values", "boost"));
            }
        });
        return new Query.Ids(reading.values, reading.boost);
    }

    private static List<String> values(QueryParser parser, String kind) {
        List<String> values = new ArrayList<>();
        parser.json().array(kind, () -> {
            values.add(parser.json().text(kind));
            if (values.size() > parser.limits().maxTerms()) {
                throw RestException.illegalArgument(
                        "The number of terms used in the [" + kind + "] query has exceeded the allowed maximum of ["
                                + parser.limits().maxTerms() + "]");
            }
        });
        return values;
    }

    static Query exists(QueryParser parser) {
        JsonReader json = parser.json();
        var reading = new Object() {
            String field;
            float boost = 1;
        };
        json.object("exists", member -> {
            switch (member) {
                case "field" -> reading.field = json.string("field");
                case "boost" -> reading.boost = parser.boost();
                default -> throw json.unknown("exists", member, List.of("field", "boost"));
            }
        });
        if (reading.field == null || reading.field.isEmpty()) {
            throw json.fail("[exists] must be provided with a [field]");
        }
        return new Query.Exists(reading.field, reading.boost);
    }

    static Query range(QueryParser parser) {
        JsonReader json = parser.json();
        var reading = new Object() {
            Optional<Bound> lower = Optional.empty();
            Optional<Bound> upper = Optional.empty();
            Optional<String> format = Optional.empty();
            Optional<ZoneId> zone = Optional.empty();
            float boost = 1;
        };
        String field = parser.oneField(
                "range",
                () -> json.object("range", member -> {
                    switch (member) {
                        case "gte" -> reading.lower = bound(json, member, reading.lower, true);
                        case "gt" -> reading.lower = bound(json, member, reading.lower, false);
                        case "lte" -> reading.upper = bound(json, member, reading.upper, true);
                        case "lt" -> reading.upper = bound(json, member, reading.upper, false);
                        case "format" -> reading.format = Optional.of(json.string("format"));
                        case "time_zone" -> reading.zone = Optional.of(zone(json));
                        case "boost" -> reading.boost = parser.boost();
                        default -> throw json.unknown("range", member, RANGE_MEMBERS);
                    }
                }));
        return new Query.Range(field, reading.lower, reading.upper, reading.format, reading.zone, reading.boost);
    }

    private static ZoneId zone(JsonReader json) {
        String zone = json.string("time_zone");
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw json.fail("[time_zone] must be like +01:00 or Europe/Paris, got [" + zone + "]");
        }
    }

    /** A bound that is null is none, as clients send it. */
    private static Optional<Bound> bound(JsonReader json, String member, Optional<Bound> before, boolean inclusive) {
        if (json.isNull()) {
            return before;
        }
        if (before.isPresent()) {
            throw json.fail("[range] has two bounds on one side; the second is [" + member + "]");
        }
        return Optional.of(new Bound(json.text(member), inclusive));
    }
}
