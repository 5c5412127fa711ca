package io.skiff.scoring;

import io.skiff.index.PostingsCursor;
import io.skiff.index.blockmax.BlockMaxReader;

/** What one running search writes to; used again by later ones, so that searching allocates nothing by corpus size. */
final class Scratch {
    /** Documents per scan: few enough that the scores seen are still in the first-level cache when they are cleared. */
    static final int WINDOW = 2048;

    /** Of the documents of a window; all zero between windows. */
    final int[] scores;

    final int[] candidates = new int[WINDOW];
    final PostingsCursor cursor = new PostingsCursor();
    final TopK topK = new TopK();

    /** Documents that match, so far, in this search: all of them, or some if a segment was searched by blocks. */
    long matchCount;

    boolean countsEveryMatch;

    /** What ignored terms add at most to the score of a document that was not looked at. */
    int unseenContribution;

    /** What became of the last segment, for a profile. */
    long boundsNanos;

    long blocksNanos;
    long exhaustiveNanos;
    int scoredBlockCount;

    final AcceptedDocs accepted = new AcceptedDocs();

    final SegmentTerms terms = new SegmentTerms();
    final BlockMaxSearch blockMax;

    /** For segments of up to {@code documentCount} documents. */
    Scratch(int documentCount, int registerBits) {
        blockMax = new BlockMaxSearch(
                BlockMaxKernels.forRegisters(registerBits), RecordKernels.forRegisters(registerBits));
        scores = new int[scoreCount(documentCount)];
    }

    /** Scores that are held at a time for a segment of so many documents; all else grows as it is needed. */
    static int scoreCount(int documentCount) {
        return Math.min(documentCount, PostingsCursor.WINDOW_DOCUMENTS);
    }

    /** Starts a search for the best {@code k}, perhaps one of several that share a threshold. */
    void reset(int k, SharedThreshold shared) {
        topK.reset(k, shared);
        matchCount = 0;
        countsEveryMatch = true;
        unseenContribution = 0;
    }

    /** Forgets what became of the last segment. */
    void resetProfile() {
        boundsNanos = 0;
        blocksNanos = 0;
        exhaustiveNanos = 0;
        scoredBlockCount = 0;
    }

    /** What became of the last segment, if {@link #resetProfile} was called before. */
    SegmentProfile profile(SearchedSegment segment) {
        SegmentProfile.Way way;
        if (terms.count() == 0) {
            way = SegmentProfile.Way.NONE;
        } else if (boundsNanos == 0) {
            way = SegmentProfile.Way.EXHAUSTIVE;
        } else {
            way = exhaustiveNanos == 0 ? SegmentProfile.Way.BLOCK_MAX : SegmentProfile.Way.GAVE_UP_BLOCK_MAX;
        }
        BlockMaxReader blocks = segment.reader().blockMax();
        return new SegmentProfile(
                segment.number(),
                way,
                terms.count(),
                boundsNanos == 0 ? 0 : terms.essentialCount(),
                terms.postingCount(),
                blocks == null ? 0 : blocks.blockCount(),
                scoredBlockCount,
                boundsNanos,
                blocksNanos,
                exhaustiveNanos);
    }

    /** Takes note of a segment whose unseen documents may owe as much to ignored terms. */
    void unseen(int contribution) {
        unseenContribution = Math.max(unseenContribution, contribution);
    }

    /** Takes what another thread has found in the same search. */
    void takeOver(Scratch other) {
        topK.takeOver(other.topK);
        matchCount += other.matchCount;
        countsEveryMatch &= other.countsEveryMatch;
        unseen(other.unseenContribution);
    }
}
