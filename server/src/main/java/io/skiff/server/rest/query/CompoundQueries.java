package io.skiff.server.rest.query;

import io.skiff.server.rest.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads queries made of queries, and the two that need none. */
final class CompoundQueries {
    private static final List<String> BOOL_MEMBERS =
            List.of("must", "should", "filter", "must_not", "minimum_should_match", "boost");

    private CompoundQueries() {}

    static Query matchAll(QueryParser parser) {
        return new Query.MatchAll(onlyBoost(parser, "match_all"));
    }

    static Query matchNone(QueryParser parser) {
        return new Query.MatchNone(onlyBoost(parser, "match_none"));
    }

    private static float onlyBoost(QueryParser parser, String kind) {
        float[] boost = {1};
        parser.json().object(kind, member -> {
            if (!member.equals("boost")) {
                throw parser.json().unknown(kind, member, List.of("boost"));
            }
            boost[0] = parser.boost();
        });
        return boost[0];
    }

    static Query bool(QueryParser parser) {
        JsonReader json = parser.json();
        var reading = new Object() {
            final List<Query> must = new ArrayList<>();
            final List<Query> should = new ArrayList<>();
            final List<Query> filter = new ArrayList<>();
            final List<Query> mustNot = new ArrayList<>();
            Optional<MinimumShouldMatch> minimum = Optional.empty();
            float boost = 1;
        };
        json.object("bool", member -> {
            switch (member) {
                case "must" -> reading.must.addAll(parser.queries("must"));
                case "should" -> reading.should.addAll(parser.queries("should"));
                case "filter" -> reading.filter.addAll(parser.queries("filter"));
                case "must_not", "mustNot" -> reading.mustNot.addAll(parser.queries("must_not"));
                case "minimum_should_match" -> reading.minimum = Optional.of(parser.minimumShouldMatch());
                case "boost" -> reading.boost = parser.boost();
                default -> throw json.unknown("bool", member, BOOL_MEMBERS);
            }
        });
        return new Query.Bool(
                reading.must, reading.should, reading.filter, reading.mustNot, reading.minimum, reading.boost);
    }

    static Query constantScore(QueryParser parser) {
        JsonReader json = parser.json();
        var reading = new Object() {
            Query filter;
            float boost = 1;
        };
        json.object("constant_score", member -> {
            switch (member) {
                case "filter" -> reading.filter = parser.query();
                case "boost" -> reading.boost = parser.boost();
                default -> throw json.unknown("constant_score", member, List.of("filter", "boost"));
            }
        });
        if (reading.filter == null) {
            throw json.fail("[constant_score] requires a 'filter' element");
        }
        return new Query.ConstantScore(reading.filter, reading.boost);
    }
}
