package io.skiff.scoring;

import java.util.List;

/**
 * Why a document has its score.
 *
 * @param score the sum of the contributions, exactly
 * @param tokens what every token of the query did, in the query's order
 */
public record Explanation(double score, List<Contribution> tokens) {
    /**
     * The part of one token.
     *
     * @param field the field searched
     * @param token the token
     * @param queryWeight its weight as the search used it, boost included, after quantization
     * @param documentWeight its weight in the document after quantization, 0 where the document lacks it
     * @param score the product
     */
    public record Contribution(String field, String token, double queryWeight, double documentWeight, double score) {}

    /** Copies the list. */
    public Explanation {
        tokens = List.copyOf(tokens);
    }
}
