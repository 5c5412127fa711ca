package io.skiff.server.rest.search;

import io.skiff.scoring.Searcher;
import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.Query.MultiMatchType;
import io.skiff.server.rest.query.Query.Operator;
import io.skiff.server.rest.query.QueryParser;
import io.skiff.server.rest.search.Retriever.Normalizer;
import io.skiff.server.rest.search.Retriever.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code retriever}: {@code standard}, {@code rrf} or {@code linear}. */
final class RetrieverParser {
    private static final List<String> KINDS = List.of("standard", "rrf", "linear");
    private static final List<String> STANDARD_MEMBERS = List.of("query", "filter", "min_score", "sort");
    private static final List<String> RRF_MEMBERS =
            List.of("retrievers", "rank_constant", "rank_window_size", "filter", "min_score", "query", "fields");
    private static final List<String> LINEAR_MEMBERS =
            List.of("retrievers", "rank_window_size", "normalizer", "filter", "min_score");

    /** Most lists that become one. */
    private static final int MAX_PARTS = 64;

    private static final int MAX_DEPTH = 5;
    private static final int DEFAULT_RANK_CONSTANT = 60;

    private final JsonReader json;
    private final QueryParser queries;
    private int depth;

    RetrieverParser(JsonReader json, QueryParser queries) {
        this.json = json;
        this.queries = queries;
    }

    /** The retriever at which the reader stands. */
    Retriever retriever() {
        Retriever[] read = new Retriever[1];
        json.object("retriever", kind -> {
            if (read[0] != null) {
                throw json.fail("[retriever] must have one member, found a second: [" + kind + "]");
            }
            read[0] = retriever(kind);
        });
        if (read[0] == null) {
            throw json.fail("[retriever] is empty, expected one of " + KINDS);
        }
        return read[0];
    }

    private Retriever retriever(String kind) {
        if (++depth > MAX_DEPTH) {
            throw json.fail("[retriever] nests deeper than " + MAX_DEPTH + " levels");
        }
        Retriever retriever = switch (kind) {
            case "standard" -> standard();
            case "rrf" -> reciprocalRank();
            case "linear" -> linear();
            default -> throw json.fail("unknown retriever [" + kind + "]; supported are " + KINDS);
        };
        depth--;
        return retriever;
    }

    private Retriever standard() {
        var reading = new Object() {
            Optional<Query> query = Optional.empty();
            List<Query> filter = List.of();
            Optional<Float> minScore = Optional.empty();
            List<SortKey> sort = List.of();
        };
        json.object("standard", member -> {
            switch (member) {
                case "query" -> reading.query = Optional.of(queries.query());
                case "filter" -> reading.filter = queries.queries("filter");
                case "min_score" -> reading.minScore = Optional.of(json.number("min_score"));
                case "sort" -> reading.sort = SortParser.parse(json);
                default -> throw json.unknown("standard", member, STANDARD_MEMBERS);
            }
        });
        return new Retriever.Standard(reading.query, reading.filter, reading.minScore, reading.sort);
    }

    private Retriever reciprocalRank() {
        var reading = new Object() {
            final List<Part> parts = new ArrayList<>();
            int rankConstant = DEFAULT_RANK_CONSTANT;
            OptionalInt window = OptionalInt.empty();
            List<Query> filter = List.of();
            Optional<Float> minScore = Optional.empty();
            String text;
            final List<String> fields = new ArrayList<>();
        };
        json.object("rrf", member -> {
            switch (member) {
                case "retrievers" -> json.array("retrievers", () -> addPart(reading.parts, Normalizer.NONE));
                case "rank_constant" -> reading.rankConstant = positive("rank_constant", Integer.MAX_VALUE);
                case "rank_window_size" -> reading.window = window();
                case "filter" -> reading.filter = queries.queries("filter");
                case "min_score" -> reading.minScore = Optional.of(json.number("min_score"));
                case "query" -> reading.text = json.string("query");
                case "fields" -> json.array("fields", () -> reading.fields.add(json.string("fields")));
                default -> throw json.unknown("rrf", member, RRF_MEMBERS);
            }
        });
        if (reading.text != null) {
            // The short form: one list a field.
            if (reading.fields.isEmpty() || !reading.parts.isEmpty()) {
                throw json.fail("[rrf] with a [query] needs [fields], and has no [retrievers] beside them");
            }
            for (String field : reading.fields) {
                Query query = new Query.MultiMatch(
                        reading.text,
                        List.of(new Query.WeightedField(field, 1)),
                        MultiMatchType.BEST_FIELDS,
                        Operator.OR,
                        Optional.empty(),
                        0,
                        1);
                reading.parts.add(new Part(
                        new Retriever.Standard(Optional.of(query), List.of(), Optional.empty(), List.of()),
                        1,
                        Normalizer.NONE));
            }
        }
        requireParts("rrf", reading.parts);
        return new Retriever.ReciprocalRank(
                reading.parts, reading.rankConstant, reading.window, reading.filter, reading.minScore);
    }

    private Retriever linear() {
        var reading = new Object() {
            final List<Part> parts = new ArrayList<>();
            OptionalInt window = OptionalInt.empty();
            Normalizer normalizer = Normalizer.NONE;
            List<Query> filter = List.of();
            Optional<Float> minScore = Optional.empty();
        };
        json.object("linear", member -> {
            switch (member) {
                case "retrievers" -> json.array("retrievers", () -> addPart(reading.parts, null));
                case "rank_window_size" -> reading.window = window();
                case "normalizer" -> reading.normalizer = normalizer();
                case "filter" -> reading.filter = queries.queries("filter");
                case "min_score" -> reading.minScore = Optional.of(json.number("min_score"));
                default -> throw json.unknown("linear", member, LINEAR_MEMBERS);
            }
        });
        requireParts("linear", reading.parts);
        List<Part> parts = reading.parts.stream()
                .map(part -> part.normalizer() == null
                        ? new Part(part.retriever(), part.weight(), reading.normalizer)
                        : part)
                .toList();
        return new Retriever.Linear(parts, reading.window, reading.filter, reading.minScore);
    }

    private void requireParts(String kind, List<Part> parts) {
        if (parts.isEmpty() || parts.size() > MAX_PARTS) {
            throw json.fail("[" + kind + "] needs 1 to " + MAX_PARTS + " [retrievers], got " + parts.size());
        }
    }

    /** A bare retriever, or {@code {retriever, weight, normalizer}} around one. */
    private void addPart(List<Part> parts, Normalizer absent) {
        var reading = new Object() {
            Retriever retriever;
            float weight = 1;
            Normalizer normalizer = absent;
        };
        json.object("retrievers", member -> {
            switch (member) {
                case "retriever" -> reading.retriever = retriever();
                case "weight" -> reading.weight = weight();
                case "normalizer" -> reading.normalizer = normalizer();
                default -> {
                    if (reading.retriever != null) {
                        throw json.unknown("retrievers", member, List.of("retriever", "weight", "normalizer"));
                    }
                    reading.retriever = retriever(member);
                }
            }
        });
        if (reading.retriever == null) {
            throw json.fail("[retrievers] has an entry without a [retriever]");
        }
        parts.add(new Part(reading.retriever, reading.weight, reading.normalizer));
    }

    private float weight() {
        float weight = json.number("weight");
        if (weight < 0) {
            throw json.fail("[weight] must not be negative, got " + weight);
        }
        return weight;
    }

    private Normalizer normalizer() {
        String name = json.string("normalizer");
        return switch (name) {
            case "none" -> Normalizer.NONE;
            case "minmax" -> Normalizer.MINMAX;
            case "l2_norm" -> Normalizer.L2_NORM;
            default -> throw json.fail("[normalizer] must be [none], [minmax] or [l2_norm], got [" + name + "]");
        };
    }

    private OptionalInt window() {
        return OptionalInt.of(positive("rank_window_size", Searcher.MAX_K));
    }

    private int positive(String what, int max) {
        int value = json.integer(what);
        if (value < 1 || value > max) {
            throw json.fail("[" + what + "] must be in 1.." + max + ", got " + value);
        }
        return value;
    }
}
