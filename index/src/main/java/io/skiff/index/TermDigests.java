package io.skiff.index;

/**
 * What one of the structures that hold the postings of a segment says of each term, in a form in which structures of
 * different order can be compared: counts, and sums of a hash of each posting.
 */
final class TermDigests {
    private final int[] postingCounts;
    private final long[] postingSums;
    private final int[] largestImpacts;

    TermDigests(int termCount) {
        postingCounts = new int[termCount];
        postingSums = new long[termCount];
        largestImpacts = new int[termCount];
    }

    void add(int termId, int docId, int impact) {
        postingCounts[termId]++;
        postingSums[termId] += hash(docId, impact);
        largestImpacts[termId] = Math.max(largestImpacts[termId], impact);
    }

    int postingCount(int termId) {
        return postingCounts[termId];
    }

    int largestImpact(int termId) {
        return largestImpacts[termId];
    }

    /** Whether two structures say the same of a term, but for one chance in 2^64. */
    boolean agrees(TermDigests other, int termId) {
        return postingCounts[termId] == other.postingCounts[termId] && postingSums[termId] == other.postingSums[termId];
    }

    /** The finalizer of SplitMix64, a bijection. */
    private static long hash(int number, int impact) {
        long mixed = (((long) number << Byte.SIZE) | impact) + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
