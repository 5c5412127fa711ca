package io.skiff.server.rest.explain;

import io.skiff.scoring.Explanation.Contribution;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Why a hit has its score.
 *
 * @param tree how the score came about; its value is the score exactly
 * @param tokens what the tokens of the queries did, those of 0 too; a token of several queries as often
 */
public record ExplainedScore(ScoreTree tree, List<TokenPart> tokens) {
    /**
     * What a token did.
     *
     * @param contribution as the engine has it
     * @param score what is left of that in the hit's score: a fusion takes it to its own scale. Where the least score of a
     *     list was subtracted to normalize it, that is not taken off the tokens.
     */
    public record TokenPart(Contribution contribution, double score) {
        TokenPart times(double factor) {
            return new TokenPart(contribution, score * factor);
        }
    }

    /** Copies the list. */
    public ExplainedScore {
        tokens = List.copyOf(tokens);
    }

    double value() {
        return tree.value();
    }

    static List<TokenPart> scaled(List<TokenPart> tokens, double factor) {
        return tokens.stream().map(token -> token.times(factor)).toList();
    }

    static List<TokenPart> parts(List<Contribution> contributions) {
        return contributions.stream()
                .map(contribution -> new TokenPart(contribution, contribution.score()))
                .toList();
    }

    static List<TokenPart> joined(List<ExplainedScore> scores) {
        List<TokenPart> tokens = new ArrayList<>();
        scores.forEach(score -> tokens.addAll(score.tokens()));
        return tokens;
    }

    /** Writes the tokens as a member {@code contributions}. */
    public void writeContributions(JsonGenerator json) {
        json.writeArrayPropertyStart("contributions");
        for (TokenPart token : tokens) {
            Contribution contribution = token.contribution();
            json.writeStartObject();
            json.writeStringProperty("field", contribution.field());
            json.writeStringProperty("token", contribution.token());
            json.writeNumberProperty("query_weight", contribution.queryWeight());
            json.writeNumberProperty("document_weight", contribution.documentWeight());
            json.writeNumberProperty("impact", contribution.impact());
            json.writeNumberProperty("score", token.score());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
