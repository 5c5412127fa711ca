package io.skiff.scoring;

import java.util.List;

/**
 * Why a document has its score. Every part is a whole number times one power of two, so that parts sum to the score
 * exactly, in any order.
 *
 * @param score the sum of the contributions, exactly
 * @param tokens what every token of the query did, in the query's order; a token of several clauses on one field is
 *     one, at its first place
 * @param clauses what every clause did, in the query's order; their scores sum to the score, exactly
 */
public record Explanation(double score, List<Contribution> tokens, List<ClauseScore> clauses) {
    /**
     * The part of one token.
     *
     * @param field the field searched
     * @param token the token
     * @param queryWeight its weight as the search used it, boost included, after quantization; 0 if the index lacks
     *     the field
     * @param impact its quantized weight in the document, 1 to 255, or 0 where the document lacks it
     * @param documentWeight what the impact stands for: itself times the field's scale
     * @param score the product: exact, where the two weights are rounded if the field's scale is not 1
     */
    public record Contribution(
            String field, String token, double queryWeight, int impact, double documentWeight, double score) {}

    /**
     * The part of one clause.
     *
     * @param field the field searched
     * @param boost the clause's boost
     * @param score the sum of its tokens' parts, exactly
     * @param tokens the part of each token, in the order of the clause's vector. A token that several clauses have on one
     *     field is searched once, by the sum of its weights; each clause has its share of what that came to.
     */
    public record ClauseScore(String field, float boost, double score, List<Contribution> tokens) {
        /** Copies the list. */
        public ClauseScore {
            tokens = List.copyOf(tokens);
        }
    }

    /** Copies the lists. */
    public Explanation {
        tokens = List.copyOf(tokens);
        clauses = List.copyOf(clauses);
    }
}
