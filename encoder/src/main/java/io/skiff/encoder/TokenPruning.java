package io.skiff.encoder;

import io.skiff.index.SparseVector;

/**
 * Leaves out of a query the tokens that are both frequent in the collection and light in the query, as Elasticsearch's
 * {@code sparse_vector} query does with {@code prune: true}.
 *
 * <p>A token that the field does not have is pruned. Another is kept if its share of the field's documents is less than
 * {@code frequencyRatioThreshold} times the average token's, or if its weight is more than {@code weightThreshold} times
 * the largest of the query.
 *
 * @param frequencyRatioThreshold {@code tokens_freq_ratio_threshold}, 1 to 100
 * @param weightThreshold {@code tokens_weight_threshold}, 0 to 1
 * @param onlyScorePrunedTokens {@code only_score_pruned_tokens}: keep what would be pruned and nothing else, to score
 *     the rest of a query in a second pass
 */
public record TokenPruning(float frequencyRatioThreshold, float weightThreshold, boolean onlyScorePrunedTokens) {
    /** The largest {@code tokens_freq_ratio_threshold}. */
    public static final int LARGEST_FREQUENCY_RATIO = 100;

    /** Elasticsearch's defaults: ratio 5, weight 0.4. */
    public static final TokenPruning DEFAULT = new TokenPruning(5, 0.4f, false);

    /** Refuses thresholds out of range. */
    public TokenPruning {
        if (!(frequencyRatioThreshold >= 1 && frequencyRatioThreshold <= LARGEST_FREQUENCY_RATIO)) {
            throw new IllegalArgumentException("tokens_freq_ratio_threshold must be from 1 to "
                    + LARGEST_FREQUENCY_RATIO + ", got " + frequencyRatioThreshold);
        }
        if (!(weightThreshold >= 0 && weightThreshold <= 1)) {
            throw new IllegalArgumentException("tokens_weight_threshold must be from 0 to 1, got " + weightThreshold);
        }
    }

    /** What is left of a query; nothing where the field has no token at all. */
    public SparseVector prune(SparseVector query, TokenStatistics statistics) {
        float averageRatio = statistics.averageTokenRatio();
        if (averageRatio == 0) {
            return SparseVector.EMPTY;
        }
        float largest = 0;
        for (int i = 0; i < query.size(); i++) {
            largest = Math.max(largest, query.weight(i));
        }
        String[] tokens = new String[query.size()];
        float[] weights = new float[query.size()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = query.token(i);
            boolean kept = isKept(query.token(i), query.weight(i), largest, averageRatio, statistics);
            weights[i] = kept == onlyScorePrunedTokens ? 0 : query.weight(i);
        }
        return SparseVector.of(tokens, weights); // which drops what weighs nothing
    }

    private boolean isKept(String token, float weight, float largest, float averageRatio, TokenStatistics statistics) {
        long documentFrequency = statistics.documentFrequency(token);
        if (documentFrequency == 0) {
            return false;
        }
        // In floats, as there, so that a token on the threshold falls to the same side.
        float ratio = (float) documentFrequency / statistics.documentCount();
        return ratio < frequencyRatioThreshold * averageRatio || weight > weightThreshold * largest;
    }
}
