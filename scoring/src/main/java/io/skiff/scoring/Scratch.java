package io.skiff.scoring;

import io.skiff.index.PostingsCursor;

/** What one running search writes to; used again by later ones, so that searching allocates nothing by corpus size. */
final class Scratch {
    /** Documents per scan: few enough that the scores seen are still in the first-level cache when they are cleared. */
    static final int WINDOW = 2048;

    /** By docId; all zero between segments. */
    final int[] scores;

    final int[] candidates = new int[WINDOW];
    final PostingsCursor cursor = new PostingsCursor();
    final TopK topK = new TopK();

    /** For segments of up to {@code documentCount} documents. */
    Scratch(int documentCount) {
        scores = new int[documentCount];
    }
}
