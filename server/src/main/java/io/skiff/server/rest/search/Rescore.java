package io.skiff.server.rest.search;

import io.skiff.scoring.Searcher;
import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.explain.ScoreOrigin;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.QueryParser;
import java.util.ArrayList;
import java.util.List;

/**
 * Orders the first hits anew by a second query.
 *
 * @param windowSize how many
 * @param query the second one
 * @param queryWeight factor on the first score
 * @param rescoreWeight factor on the second score
 * @param mode how the two become one
 */
record Rescore(int windowSize, Query query, float queryWeight, float rescoreWeight, Mode mode) {
    private static final int DEFAULT_WINDOW = 10;

    /** How two scores become one. */
    enum Mode {
        TOTAL,
        MULTIPLY,
        AVG,
        MAX,
        MIN
    }

    /** How the scores come about that it makes of the first hits. */
    ScoreOrigin origin(ScoreOrigin first, Found found, ScoreOrigin.Planned second) {
        return new ScoreOrigin.Rescored(
                first,
                found.topDocs().hits(),
                windowSize,
                second,
                queryWeight,
                rescoreWeight,
                ScoreOrigin.Combination.valueOf(mode.name()));
    }

    /** One, or a list to be done in turn. */
    static List<Rescore> parse(JsonReader json, QueryParser queries) {
        if (!json.isArray()) {
            return List.of(one(json, queries));
        }
        List<Rescore> all = new ArrayList<>();
        json.array("rescore", () -> all.add(one(json, queries)));
        return all;
    }

    private static Rescore one(JsonReader json, QueryParser queries) {
        var reading = new Object() {
            int window = DEFAULT_WINDOW;
            Query query;
            float queryWeight = 1;
            float rescoreWeight = 1;
            Mode mode = Mode.TOTAL;
        };
        json.object("rescore", member -> {
            switch (member) {
                case "window_size" -> reading.window = json.integer("window_size");
                case "query" ->
                    json.object("rescore.query", inner -> {
                        switch (inner) {
                            case "rescore_query" -> reading.query = queries.query();
                            case "query_weight" -> reading.queryWeight = json.number(inner);
                            case "rescore_query_weight" -> reading.rescoreWeight = json.number(inner);
                            case "score_mode" -> reading.mode = mode(json);
                            default ->
                                throw json.unknown(
                                        "rescore.query",
                                        inner,
                                        List.of("rescore_query", "query_weight", "rescore_query_weight", "score_mode"));
                        }
                    });
                default -> throw json.unknown("rescore", member, List.of("window_size", "query"));
            }
        });
        if (reading.query == null) {
            throw json.fail("[rescore] needs a [query] with a [rescore_query]");
        }
        if (reading.window < 1 || reading.window > Searcher.MAX_K) {
            throw json.fail("[window_size] must be in 1.." + Searcher.MAX_K + ", got " + reading.window);
        }
        return new Rescore(reading.window, reading.query, reading.queryWeight, reading.rescoreWeight, reading.mode);
    }

    private static Mode mode(JsonReader json) {
        String mode = json.string("score_mode");
        return switch (mode) {
            case "total" -> Mode.TOTAL;
            case "multiply" -> Mode.MULTIPLY;
            case "avg" -> Mode.AVG;
            case "max" -> Mode.MAX;
            case "min" -> Mode.MIN;
            default -> throw json.fail("[score_mode] must be total, multiply, avg, max or min, got [" + mode + "]");
        };
    }
}
