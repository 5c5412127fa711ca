package io.skiff.scoring;

import java.util.List;

/**
 * Why a document has its score.
 *
 * @param score the sum of the contributions, exactly
 * @param tokens what every token of the query did, in the query's order; a token of several clauses on one field is
 *     one, at its first place
 */
public record Explanation(double score, List<Contribution> tokens) {
    /**
     * The part of one token.
     *
     * @param field the field searched
     * @param token the token
     * @param queryWeight its weight as the search used it, boost included, after quantization; 0 if the index lacks
     *     the field
     * @param documentWeight its weight in the document after quantization, 0 where the document lacks it
     * @param score the product: exact, where the two weights are rounded if the field's scale is not 1
     */
    public record Contribution(String field, String token, double queryWeight, double documentWeight, double score) {}

    /** Copies the list. */
    public Explanation {
        tokens = List.copyOf(tokens);
    }
}
