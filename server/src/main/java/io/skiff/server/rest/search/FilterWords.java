package io.skiff.server.rest.search;

import io.skiff.encoder.AnalyzedToken;
import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.SparseEncoder;
import io.skiff.server.rest.query.Query;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The words that a query's filters ask for: they do nothing for a score, but are why a hit is there. */
final class FilterWords {
    private final Function<String, Optional<SparseEncoder>> encoders;
    private final Map<String, Set<String>> words = new LinkedHashMap<>();

    private FilterWords(Function<String, Optional<SparseEncoder>> encoders) {
        this.encoders = encoders;
    }

    /**
     * Those of a query, by field.
     *
     * @param encoders the encoder of a field, where it has one
     */
    static Map<String, Set<String>> of(Query query, Function<String, Optional<SparseEncoder>> encoders) {
        FilterWords found = new FilterWords(encoders);
        found.visit(query, false);
        return found.words;
    }

    private void visit(Query query, boolean filter) {
        switch (query) {
            case Query.Bool bool -> {
                bool.must().forEach(each -> visit(each, filter));
                bool.should().forEach(each -> visit(each, filter));
                bool.filter().forEach(each -> visit(each, true));
            }
            case Query.ConstantScore constant -> visit(constant.filter(), true);
            case Query.Match match when filter -> add(match.field(), match.text());
            case Query.MultiMatch match when filter -> match.fields().forEach(each -> add(each.field(), match.text()));
            case Query.Term term when filter -> add(term.field(), List.of(term.value()));
            case Query.Terms terms when filter -> add(terms.field(), terms.values());
            default -> {
                // has no words, or they are in the score
            }
        }
    }

    private void add(String field, String text) {
        encoders.apply(field)
                .filter(Bm25Encoder.class::isInstance)
                .ifPresent(encoder -> add(
                        field,
                        encoder.tokensInPlace(text).stream()
                                .map(AnalyzedToken::token)
                                .toList()));
    }

    private void add(String field, List<String> tokens) {
        if (encoders.apply(field).filter(Bm25Encoder.class::isInstance).isPresent()) {
            words.computeIfAbsent(field, each -> new LinkedHashSet<>()).addAll(tokens);
        }
    }
}
