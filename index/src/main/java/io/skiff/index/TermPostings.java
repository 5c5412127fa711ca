package io.skiff.index;

/**
 * Where the postings of each term were written, and what they are like; arrays by termId.
 *
 * @param offsets where they start in the postings payload
 * @param documentFrequencies their number
 * @param tierCounts the number of tiers
 * @param largestImpacts the impact of the first tier
 */
record TermPostings(long[] offsets, int[] documentFrequencies, int[] tierCounts, int[] largestImpacts) {
    static TermPostings ofTerms(int termCount) {
        return new TermPostings(new long[termCount], new int[termCount], new int[termCount], new int[termCount]);
    }
}
