package io.skiff.index;

/**
 * Where the postings of each term were written, and what they are like; arrays by termId.
 *
 * @param offsets where they start in the postings payload
 * @param documentFrequencies their number
 * @param partCounts the number of windows that have the term
 * @param largestImpacts the largest impact
 */
record TermPostings(long[] offsets, int[] documentFrequencies, int[] partCounts, int[] largestImpacts) {
    static TermPostings ofTerms(int[] documentFrequencies) {
        int termCount = documentFrequencies.length;
        return new TermPostings(new long[termCount], documentFrequencies, new int[termCount], new int[termCount]);
    }
}
