package io.skiff.server.rest.search;

import io.skiff.index.SparseVector;
import io.skiff.server.rest.query.MinimumShouldMatch;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.Query.Bound;
import io.skiff.server.rest.query.Query.MultiMatchType;
import io.skiff.server.rest.query.Query.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Queries of every kind over the fields of an {@link OracleIndex}. */
final class RandomQueries {
    private static final List<String> MINIMA =
            List.of("0", "1", "2", "3", "-1", "-2", "50%", "-40%", "100%", "1<50%", "1<-1 2<60%");

    private final Random random;
    private final int docCount;

    RandomQueries(Random random, int docCount) {
        this.random = random;
        this.docCount = docCount;
    }

    /** A query of so many levels at most. */
    Query query(int depth) {
        int kind = random.nextInt(depth > 0 ? 20 : 13);
        return switch (kind) {
            case 0 -> new Query.MatchAll(boost());
            case 1 -> random.nextInt(3) == 0 ? new Query.MatchNone(1) : ids();
            case 2, 3 -> new Query.Match("text", words(), operator(), minimum(), boost());
            case 4 -> multiMatch();
            case 5, 6, 7 -> sparse();
            case 8, 9, 10, 11 -> values();
            case 12 -> new Query.Exists(oneOf("sv", "text", "tag", "n", "part.rare", "part", "nope"), boost());
            case 13 -> new Query.ConstantScore(query(depth - 1), boost());
            default -> bool(depth - 1);
        };
    }

    private Query bool(int depth) {
        return new Query.Bool(
                queries(depth, 3), queries(depth, 3), queries(depth, 2), queries(depth, 2), minimum(), boost());
    }

    private List<Query> queries(int depth, int most) {
        List<Query> queries = new ArrayList<>();
        for (int i = random.nextInt(2) * random.nextInt(most + 1); i > 0; i--) {
            queries.add(query(depth));
        }
        return queries;
    }

    private Query sparse() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            weights.put("t" + random.nextInt(OracleIndex.TOKEN_COUNT + 1), 1 + random.nextInt(4));
        }
        Query.VectorSource source = new Query.VectorSource.Given(SparseVector.of(weights));
        return new Query.Sparse("sparse_vector", oneOf("sv", "sw", "nope"), source, Optional.empty(), boost());
    }

    private Query multiMatch() {
        List<Query.WeightedField> fields = new ArrayList<>();
        for (String field : List.of("text", "tag", "nope")) {
            if (random.nextInt(3) > 0) {
                fields.add(new Query.WeightedField(field, 1 + random.nextInt(3)));
            }
        }
        fields.add(new Query.WeightedField("text", 2));
        float tieBreaker = random.nextInt(5) / 4f;
        return new Query.MultiMatch(
                words(), fields, MultiMatchType.BEST_FIELDS, operator(), minimum(), tieBreaker, boost());
    }

    private Query values() {
        return switch (random.nextInt(7)) {
            case 0 -> new Query.Term("tag", tag(), random.nextInt(3) == 0, boost());
            case 1 -> new Query.Term(oneOf("n", "x"), number(), false, boost());
            case 2 -> new Query.Terms("tag", List.of(tag(), tag()), boost());
            case 3 -> new Query.Terms(oneOf("n", "x", "nope"), List.of(number(), number(), number()), boost());
            case 4 -> {
                String value = tag();
                String prefix = value.isEmpty() ? "" : value.substring(0, value.offsetByCodePoints(0, 1));
                yield new Query.Prefix("tag", prefix, random.nextInt(3) == 0, boost());
            }
            case 5 ->
                random.nextBoolean()
                        ? new Query.Term("text", word(), false, boost())
                        : new Query.Terms("text", List.of(word(), "unknown"), boost());
            default -> range();
        };
    }

    private Query range() {
        String field = oneOf("n", "x", "tag");
        Supplier<Optional<Bound>> bound = () -> random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(new Bound(field.equals("tag") ? tag() : number(), random.nextBoolean()));
        return new Query.Range(field, bound.get(), bound.get(), Optional.empty(), Optional.empty(), boost());
    }

    private Query ids() {
        List<String> ids = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            ids.add("d" + random.nextInt(docCount + 5));
        }
        return new Query.Ids(ids, boost());
    }

    private String words() {
        StringBuilder words = new StringBuilder(word());
        for (int i = random.nextInt(3); i > 0; i--) {
            words.append(' ').append(word());
        }
        return words.toString();
    }

    private String word() {
        return random.nextInt(9) == 0 ? "zebra" : OracleIndex.WORDS.get(random.nextInt(OracleIndex.WORDS.size()));
    }

    private String tag() {
        return OracleIndex.TAGS.get(random.nextInt(OracleIndex.TAGS.size()));
    }

    private String number() {
        return Double.toString((random.nextInt(50) - 12) / 4.0).replace(".0", random.nextBoolean() ? "" : ".0");
    }

    private Operator operator() {
        return random.nextInt(3) == 0 ? Operator.AND : Operator.OR;
    }

    private Optional<MinimumShouldMatch> minimum() {
        return random.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(MinimumShouldMatch.parse(MINIMA.get(random.nextInt(MINIMA.size()))));
    }

    /** Whole, and powers of two at times, so that sums are exact. */
    private float boost() {
        return switch (random.nextInt(6)) {
            case 0 -> 0.5f;
            case 1 -> 3;
            case 2 -> random.nextInt(3) == 0 ? 0 : 2;
            default -> 1;
        };
    }

    private String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
