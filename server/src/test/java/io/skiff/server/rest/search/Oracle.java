package io.skiff.server.rest.search;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnValue;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.query.MinimumShouldMatch;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.Query.Operator;
import io.skiff.server.rest.search.OracleIndex.Doc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/** What a query means, document by document, as plainly as it can be said. */
final class Oracle {
    private final Collection collection;

    /** The collection is asked for the vectors of queries in words, and for the scale of their field. */
    Oracle(Collection collection) {
        this.collection = collection;
    }

    /** The score of a document; empty if it does not match. */
    OptionalDouble score(Query query, Doc doc) {
        return switch (query) {
            case Query.MatchAll all -> OptionalDouble.of(all.boost());
            case Query.MatchNone none -> OptionalDouble.empty();
            case Query.Match match ->
                match(match.field(), match.text(), match.operator(), match.minimumShouldMatch(), match.boost(), doc);
            case Query.MultiMatch match -> multiMatch(match, doc);
            case Query.Sparse sparse -> sparse(sparse, doc);
            case Query.Bool bool -> bool(bool, doc);
            case Query.ConstantScore constant ->
                constant(score(constant.filter(), doc).isPresent(), constant.boost());
            case Query.Term term
            when term.field().equals("text") ->
                match("text", term.value(), Operator.OR, Optional.empty(), term.boost(), doc);
            case Query.Term term ->
                constant(
                        has(
                                doc,
                                term.field(),
                                value -> term.caseInsensitive()
                                        ? text(value).equalsIgnoreCase(term.value())
                                        : isEqual(value, term.value())),
                        term.boost());
            case Query.Terms terms
            when terms.field().equals("text") ->
                constant(terms.values().stream().anyMatch(doc.words()::contains), terms.boost());
            case Query.Terms terms ->
                constant(
                        has(
                                doc,
                                terms.field(),
                                value -> terms.values().stream().anyMatch(each -> isEqual(value, each))),
                        terms.boost());
            case Query.Range range -> constant(has(doc, range.field(), value -> isIn(value, range)), range.boost());
            case Query.Prefix prefix ->
                constant(
                        has(
                                doc,
                                prefix.field(),
                                value -> prefix.caseInsensitive()
                                        ? text(value)
                                                .toLowerCase(Locale.ROOT)
                                                .startsWith(prefix.value().toLowerCase(Locale.ROOT))
                                        : text(value).startsWith(prefix.value())),
                        prefix.boost());
            case Query.Exists exists -> constant(exists(doc, exists.field()), exists.boost());
            case Query.Ids ids -> constant(ids.values().contains(doc.id()), ids.boost());
        };
    }

    private static OptionalDouble constant(boolean matches, double score) {
        return matches ? OptionalDouble.of(score) : OptionalDouble.empty();
    }

    private static boolean has(Doc doc, String column, Predicate<ColumnValue> wanted) {
        return doc.columns().getOrDefault(column, List.of()).stream().anyMatch(wanted);
    }

    private static String text(ColumnValue value) {
        return ((ColumnValue.Keyword) value).value();
    }

    private static boolean isEqual(ColumnValue value, String text) {
        return compare(value, text) == 0;
    }

    private static int compare(ColumnValue value, String text) {
        return switch (value) {
            case ColumnValue.Keyword(String keyword) ->
                Arrays.compareUnsigned(
                        keyword.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            case ColumnValue.Whole(long whole) -> BigDecimal.valueOf(whole).compareTo(new BigDecimal(text));
            case ColumnValue.Real(double real) -> BigDecimal.valueOf(real).compareTo(new BigDecimal(text));
        };
    }

    private static boolean isIn(ColumnValue value, Query.Range range) {
        boolean aboveLower = range.lower()
                .map(bound ->
                        bound.inclusive() ? compare(value, bound.value()) >= 0 : compare(value, bound.value()) > 0)
                .orElse(true);
        boolean belowUpper = range.upper()
                .map(bound ->
                        bound.inclusive() ? compare(value, bound.value()) <= 0 : compare(value, bound.value()) < 0)
                .orElse(true);
        return aboveLower && belowUpper;
    }

    private static boolean exists(Doc doc, String field) {
        return switch (field) {
            case "text" -> !doc.text().isEmpty();
            case "sv", "sw" -> doc.vectors().containsKey(field);
            case "part" -> doc.columns().containsKey("part.rare");
            default -> doc.columns().containsKey(field);
        };
    }

    private static OptionalDouble sparse(Query.Sparse sparse, Doc doc) {
        SparseVector vector = ((Query.VectorSource.Given) sparse.source()).vector();
        double sum = 0;
        boolean matches = false;
        for (int i = 0; i < vector.size(); i++) {
            Integer weight = doc.vectors()
                    .getOrDefault(sparse.field(), java.util.Map.of())
                    .get(vector.token(i));
            if (weight != null) {
                matches = true;
                sum += weight * vector.weight(i);
            }
        }
        return constant(matches, sum * sparse.boost());
    }

    private OptionalDouble match(
            String field, String text, Operator operator, Optional<MinimumShouldMatch> minimum, double boost, Doc doc) {
        if (!field.equals("text")) {
            return constant(has(doc, field, value -> isEqual(value, text)), boost);
        }
        Set<String> wanted = new LinkedHashSet<>(List.of(text.split(" ")));
        long found = wanted.stream().filter(doc.words()::contains).count();
        long needed = 1;
        if (operator == Operator.AND) {
            needed = wanted.size();
        } else if (minimum.isPresent() && wanted.size() > 1) {
            needed = Math.max(1, minimum.get().of(wanted.size()));
        }
        if (found < needed) {
            return OptionalDouble.empty();
        }
        SparseVector query = collection.encodeQuery("text", text);
        var quantizer = collection.reader().field("text").orElseThrow().quantizer();
        double sum = 0;
        for (int i = 0; i < query.size(); i++) {
            for (int j = 0; j < doc.encoded().size(); j++) {
                if (doc.encoded().token(j).equals(query.token(i))) {
                    sum += (double) query.weight(i)
                            * quantizer.impact(doc.encoded().weight(j))
                            * quantizer.scale();
                }
            }
        }
        return OptionalDouble.of(sum * boost * (Bm25Encoder.Parameters.DEFAULT.k1() + 1));
    }

    private OptionalDouble multiMatch(Query.MultiMatch match, Doc doc) {
        List<Double> scores = new ArrayList<>();
        for (Query.WeightedField field : match.fields()) {
            match(field.field(), match.text(), match.operator(), match.minimumShouldMatch(), field.boost(), doc)
                    .ifPresent(scores::add);
        }
        if (scores.isEmpty()) {
            return OptionalDouble.empty();
        }
        double best = scores.stream().mapToDouble(score -> score).max().orElseThrow();
        double sum = scores.stream().mapToDouble(score -> score).sum();
        return OptionalDouble.of(match.boost() * (best + match.tieBreaker() * (sum - best)));
    }

    private OptionalDouble bool(Query.Bool bool, Doc doc) {
        double sum = 0;
        for (Query must : bool.must()) {
            OptionalDouble score = score(must, doc);
            if (score.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += score.getAsDouble();
        }
        boolean passes = bool.filter().stream()
                        .allMatch(query -> score(query, doc).isPresent())
                && bool.mustNot().stream().noneMatch(query -> score(query, doc).isPresent());
        if (!passes) {
            return OptionalDouble.empty();
        }
        int found = 0;
        for (Query should : bool.should()) {
            OptionalDouble score = score(should, doc);
            found += score.isPresent() ? 1 : 0;
            sum += score.orElse(0);
        }
        boolean alone = bool.must().isEmpty() && bool.filter().isEmpty();
        if (alone && bool.should().isEmpty() && bool.mustNot().isEmpty()) {
            return OptionalDouble.of(bool.boost());
        }
        int needed = bool.minimumShouldMatch()
                .map(minimum -> minimum.of(bool.should().size()))
                .orElse(0);
        needed = alone && !bool.should().isEmpty() ? Math.max(1, needed) : needed;
        return constant(found >= needed, sum * bool.boost());
    }
}
