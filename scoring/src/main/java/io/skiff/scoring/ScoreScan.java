package io.skiff.scoring;

import java.util.Arrays;

/** Takes the best out of an array of scores of consecutive documents, and clears it. */
final class ScoreScan {
    private final Kernels kernels;

    ScoreScan(Kernels kernels) {
        this.kernels = kernels;
    }

    /**
     * Offers the accepted documents to {@code scratch.topK}, run by run, so that the threshold rises on the way.
     *
     * @param firstDocId the document of the first score, a multiple of 64
     * @param documentCount scores
     * @return how many of them match
     */
    long collect(SegmentTask task, int firstDocId, int documentCount, Scratch scratch) {
        int[] scores = scratch.scores;
        int[] candidates = scratch.candidates;
        TopK topK = scratch.topK;
        long matches = 0;
        for (int from = 0, to; from < documentCount; from = to) {
            to = from + Math.min(Scratch.WINDOW, documentCount - from);
            if (!task.accepted().acceptsAll()) {
                task.accepted().apply(scores, firstDocId, from, to);
            }
            long counts = kernels.scan(scores, from, to, topK.scanThreshold(), candidates);
            for (int i = 0; i < Kernels.candidateCount(counts); i++) {
                int document = candidates[i];
                topK.offer(TopK.key(scores[document], task.firstOrdinal() + firstDocId + document));
            }
            if (Kernels.matchCount(counts) > 0) {
                Arrays.fill(scores, from, to, 0);
                matches += Kernels.matchCount(counts);
            }
        }
        return matches;
    }
}
