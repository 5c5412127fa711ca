package io.skiff.scoring;

import io.skiff.index.SegmentReader;
import java.util.Arrays;

/** The terms of a query that a segment has. Used again for every segment. */
final class SegmentTerms {
    private int[] termIds = new int[32];
    private int[] weights = new int[32];
    private int[] largestImpacts = new int[32];
    private int count;
    private long postingCount;
    private int largestDocumentFrequency;

    /** Looks the terms of a plan up in a segment. */
    void resolve(SegmentReader segment, QueryPlan plan) {
        clear();
        for (QueryPlan.Term term : plan.terms()) {
            int termId = term.weight() == 0 ? -1 : segment.termId(term.field(), term.token());
            if (termId >= 0) {
                add(termId, term.weight(), segment.largestImpact(termId), segment.documentFrequency(termId));
            }
        }
    }

    void clear() {
        count = 0;
        postingCount = 0;
        largestDocumentFrequency = 0;
    }

    void add(int termId, int weight, int largestImpact, int documentFrequency) {
        if (count == termIds.length) {
            termIds = Arrays.copyOf(termIds, 2 * count);
            weights = Arrays.copyOf(weights, 2 * count);
            largestImpacts = Arrays.copyOf(largestImpacts, 2 * count);
        }
        termIds[count] = termId;
        weights[count] = weight;
        largestImpacts[count++] = largestImpact;
        postingCount += documentFrequency;
        largestDocumentFrequency = Math.max(largestDocumentFrequency, documentFrequency);
    }

    int count() {
        return count;
    }

    int termId(int i) {
        return termIds[i];
    }

    int weight(int i) {
        return weights[i];
    }

    int largestImpact(int i) {
        return largestImpacts[i];
    }

    /** Postings of all terms together. */
    long postingCount() {
        return postingCount;
    }

    /** The most documents that one term has: no fewer match. */
    int largestDocumentFrequency() {
        return largestDocumentFrequency;
    }
}
