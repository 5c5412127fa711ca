package io.skiff.encoder;

import io.skiff.index.FieldStatistics;

/**
 * What {@link TokenPruning} has to know of a field.
 *
 * @param documentCount documents that have the field
 * @param postingCount documents of each token, summed over all tokens
 * @param uniqueTokenCount different tokens; of an index of several segments, those of the segment with the most, as in
 *     Elasticsearch
 * @param frequencies how many documents a token has
 */
public record TokenStatistics(
        long documentCount, long postingCount, long uniqueTokenCount, FieldStatistics frequencies) {
    /** The share of the field's documents that the average token is in; 0 for a field without tokens. */
    float averageTokenRatio() {
        return uniqueTokenCount == 0 || documentCount == 0
                ? 0
                : (float) postingCount / documentCount / uniqueTokenCount;
    }

    long documentFrequency(String token) {
        return frequencies.documentFrequency(token);
    }
}
