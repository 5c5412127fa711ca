package io.skiff.scoring;

import io.skiff.index.SegmentReader;
import io.skiff.index.TermLookup;
import java.util.Arrays;
import java.util.List;

/**
 * The terms of a query that a segment has, by descending contribution: weight times largest impact. Used again for every
 * segment.
 *
 * <p>The first of them are essential, the others are left out of the sums of bounds (Turtle and Flood, "Query Evaluation:
 * Strategies and Optimizations", 1995, from whom MaxScore has the split).
 */
final class SegmentTerms {
    private final TermLookup lookup = new TermLookup();
    private int[] termIds = new int[32];
    private int[] weights = new int[32];
    private int[] largestImpacts = new int[32];
    private long[] order = new long[32];
    private int[] unordered = new int[32];
    private int count;
    private int essentialCount;
    private long leftOut;
    private long postingCount;
    private int largestDocumentFrequency;

    /** Looks the terms of a plan up in a segment; all are essential. */
    void resolve(SegmentReader segment, QueryPlan plan) {
        clear();
        List<QueryPlan.Term> planned = plan.terms();
        lookup.clear();
        for (int i = 0; i < planned.size(); i++) {
            lookup.add(planned.get(i).field(), planned.get(i).token());
        }
        segment.find(lookup);
        for (int i = 0; i < planned.size(); i++) {
            int termId = lookup.termId(i);
            if (termId >= 0 && planned.get(i).weight() > 0) {
                add(termId, planned.get(i).weight(), segment.largestImpact(termId), segment.documentFrequency(termId));
            }
        }
        sort();
    }

    void clear() {
        count = 0;
        essentialCount = 0;
        leftOut = 0;
        postingCount = 0;
        largestDocumentFrequency = 0;
    }

    void add(int termId, int weight, int largestImpact, int documentFrequency) {
        if (count == termIds.length) {
            termIds = Arrays.copyOf(termIds, 2 * count);
            weights = Arrays.copyOf(weights, 2 * count);
            largestImpacts = Arrays.copyOf(largestImpacts, 2 * count);
            order = new long[2 * count];
            unordered = new int[2 * count];
        }
        termIds[count] = termId;
        weights[count] = weight;
        largestImpacts[count++] = largestImpact;
        essentialCount = count;
        postingCount += documentFrequency;
        largestDocumentFrequency = Math.max(largestDocumentFrequency, documentFrequency);
    }

    private void sort() {
        for (int i = 0; i < count; i++) {
            order[i] = (long) (Integer.MAX_VALUE - contribution(i)) << Integer.SIZE | i;
        }
        Arrays.sort(order, 0, count);
        reorder(termIds);
        reorder(weights);
        reorder(largestImpacts);
    }

    private void reorder(int[] values) {
        System.arraycopy(values, 0, unordered, 0, count);
        for (int i = 0; i < count; i++) {
            values[i] = unordered[(int) order[i]];
        }
    }

    /** Makes the lightest terms whose contributions sum to no more than a share of all inessential, but not every term. */
    void leaveOutShare(double share) {
        long limit = (long) (share * contributions());
        long sum = 0;
        int kept = count;
        while (kept > 1 && sum + contribution(kept - 1) <= limit) {
            sum += contribution(--kept);
        }
        leaveOutFrom(kept);
    }

    /** Makes the terms from a position on inessential. */
    void leaveOutFrom(int position) {
        essentialCount = position;
        leftOut = 0;
        for (int i = position; i < count; i++) {
            leftOut += contribution(i);
        }
    }

    int count() {
        return count;
    }

    /** The first terms, which bounds are summed of. */
    int essentialCount() {
        return essentialCount;
    }

    /** What the other terms contribute at most. */
    int leftOut() {
        return (int) leftOut;
    }

    /** What all terms contribute at most. */
    long contributions() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += contribution(i);
        }
        return sum;
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

    /** The most that a term adds to a score; a query plan keeps the sum of all below 2^31. */
    int contribution(int i) {
        return weights[i] * largestImpacts[i];
    }

    /** Postings of all terms together. */
    long postingCount() {
        return postingCount;
    }

    /** The most documents that one term has: no fewer match, if nothing is filtered. */
    int largestDocumentFrequency() {
        return largestDocumentFrequency;
    }
}
