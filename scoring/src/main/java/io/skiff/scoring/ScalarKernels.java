package io.skiff.scoring;

/** The kernels in plain Java: what runs without the Vector API, and what it must equal. */
final class ScalarKernels implements Kernels {
    @Override
    public int registerBits() {
        return Long.SIZE;
    }

    @Override
    public long scan(int[] scores, int from, int to, int threshold, int[] candidates) {
        return scanRange(scores, from, to, threshold, candidates, 0);
    }

    /** The scan, with {@code counts} found before: also the tail of the SIMD twin. */
    static long scanRange(int[] scores, int from, int to, int threshold, int[] candidates, long counts) {
        int matches = Kernels.matchCount(counts);
        int found = Kernels.candidateCount(counts);
        for (int docId = from; docId < to; docId++) {
            int score = scores[docId];
            // The sign of the negative: a branch here would be mispredicted as often as documents match.
            matches += -score >>> 31;
            if (score > threshold) {
                candidates[found++] = docId;
            }
        }
        return pack(matches, found);
    }

    static long pack(int matches, int found) {
        return (long) matches << 32 | found;
    }
}
