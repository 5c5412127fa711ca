package io.skiff.server.rest.search;

import io.skiff.scoring.Hit;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.explain.ExplainedScore;
import io.skiff.server.rest.explain.HitExplainer;
import io.skiff.server.rest.explain.ScoreOrigin;
import io.skiff.server.rest.explain.SearchTrace;
import io.skiff.server.rest.highlight.HitHighlight;
import io.skiff.server.rest.highlight.HitHighlighter;
import io.skiff.server.rest.highlight.TokenScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Writes of a hit what takes its score apart: its explanation and its highlighted texts, where they are asked for. */
final class HitDetails {
    /** What a token takes of an answer, in the explanation and beside it, about. */
    private static final int BYTES_PER_TOKEN = 512;

    private static final double LEAST_SHARE = 1e-6;

    /** What words count for that a document had to have for no score. */
    private static final double FILTERED = 1e-9;

    private final SearchRequest search;
    private final ScoreOrigin origin;
    private final HitExplainer explainer;
    private final Optional<HitHighlighter> highlighter;
    private final Map<String, Set<String>> filterWords;
    private final Cancellation cancellation;

    private HitDetails(
            SearchRequest search,
            ScoreOrigin origin,
            HitExplainer explainer,
            Optional<HitHighlighter> highlighter,
            Map<String, Set<String>> filterWords,
            Cancellation cancellation) {
        this.search = search;
        this.origin = origin;
        this.explainer = explainer;
        this.highlighter = highlighter;
        this.filterWords = filterWords;
        this.cancellation = cancellation;
    }

    /** For the hits of a search that has run; nothing where it asks for neither. */
    static Optional<HitDetails> of(
            Collection collection, SearchRequest search, SearchTrace trace, Cancellation cancellation) {
        if (!search.explain() && search.highlight().isEmpty()) {
            return Optional.empty();
        }
        boolean titleIsField = collection.schema().type("title").isPresent();
        return Optional.of(new HitDetails(
                search,
                trace.origin().orElseThrow(),
                new HitExplainer(collection),
                search.highlight()
                        .map(asked -> new HitHighlighter(asked, collection::encoder, titleIsField, cancellation)),
                search.highlight().isPresent() && search.query().isPresent()
                        ? FilterWords.of(search.query().get(), collection::encoder)
                        : Map.of(),
                cancellation));
    }

    void write(JsonGenerator json, Hit hit, byte[] source, SourceBudget budget) {
        cancellation.check();
        ExplainedScore score = explainer.explain(origin, hit);
        if (search.explain()) {
            budget.take((long) BYTES_PER_TOKEN * score.tokens().size());
            json.writeName("_explanation");
            score.tree().write(json);
        }
        Optional<HitHighlight> highlight = highlighter.map(present -> present.of(source, tokens(score)));
        boolean withWords = search.skiff().words();
        highlight.ifPresent(present -> {
            budget.take(present.size(withWords));
            present.write(json);
        });
        boolean extras = highlight.isPresent() && highlight.get().hasExtras(withWords);
        if (!search.explain() && !extras) {
            return;
        }
        json.writeObjectPropertyStart("_skiff");
        if (search.explain()) {
            score.writeContributions(json);
        }
        highlight.ifPresent(present -> present.writeExtras(json, withWords));
        json.writeEndObject();
    }

    /**
     * Every token that matches, also where nothing of it is left in the score, as beside the best of several fields, and
     * those of filters.
     */
    private List<TokenScore> tokens(ExplainedScore score) {
        List<TokenScore> tokens = new ArrayList<>();
        score.tokens().stream()
                .filter(token -> token.contribution().score() > 0)
                .forEach(token -> tokens.add(new TokenScore(
                        token.contribution().field(),
                        token.contribution().token(),
                        Math.max(
                                token.score(),
                                LEAST_SHARE * token.contribution().score()))));
        filterWords.forEach((field, words) -> words.forEach(word -> tokens.add(new TokenScore(field, word, FILTERED))));
        return tokens;
    }
}
