package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.BoundsKind;
import io.skiff.index.blockmax.DenseBoundsLayout;

/**
 * Estimates what the ways to search a segment cost, in nanoseconds, and learns from what they did cost.
 *
 * <p>Starts from measurements of one machine and follows the one that it runs on: each rate is a moving average over
 * some tens of searches. Several threads may learn at once; a lost update is harmless.
 */
final class CostModel {
    /** Scanning this many scores costs as much as adding one posting. */
    private static final double SCORES_PER_POSTING = 8;

    /** A pair of sparse bounds costs this much of a group of dense ones. */
    private static final double GROUPS_PER_PAIR = 0.4;

    private static final double LEARNING_RATE = 1 / 32.0;

    /** One search that was interrupted must not turn the estimate over. */
    private static final double LARGEST_STEP = 4;

    private volatile double postingNanos = 0.55;
    private volatile double groupNanos = 2;
    private volatile double blockNanos = 0.45e3;

    double exhaustiveNanos(SegmentTerms terms, int documentCount) {
        return postingNanos * exhaustiveWork(terms, documentCount);
    }

    /** The expected cost for the best {@code k}; fewer or more blocks may have to be scored. */
    double blockMaxNanos(BlockMaxReader blocks, SegmentTerms terms, int k) {
        double most = (double) Math.min(blocks.blockCount(), terms.postingCount());
        double expectedBlocks = Math.min(50 + 2.5 * k, most);
        return groupNanos * boundsWork(blocks, terms) + blockNanos * expectedBlocks;
    }

    BlockBudget budget(SegmentTerms terms, int documentCount, int k) {
        return new BlockBudget(k, blockNanos, exhaustiveNanos(terms, documentCount));
    }

    void learnExhaustive(SegmentTerms terms, int documentCount, long nanos) {
        postingNanos = next(postingNanos, nanos / exhaustiveWork(terms, documentCount));
    }

    void learnBounds(BlockMaxReader blocks, SegmentTerms terms, long nanos) {
        groupNanos = next(groupNanos, nanos / boundsWork(blocks, terms));
    }

    void learnBlocks(int scoredCount, long nanos) {
        if (scoredCount > 0) {
            blockNanos = next(blockNanos, nanos / (double) scoredCount);
        }
    }

    private static double exhaustiveWork(SegmentTerms terms, int documentCount) {
        return terms.postingCount() + documentCount / SCORES_PER_POSTING;
    }

    private static double boundsWork(BlockMaxReader blocks, SegmentTerms terms) {
        int groupCount = DenseBoundsLayout.groupCount(blocks.blockCount());
        double work = groupCount; // to clear and to look through the sums
        for (int i = 0; i < terms.count(); i++) {
            int termId = terms.termId(i);
            work += blocks.boundsKind(termId) == BoundsKind.DENSE
                    ? groupCount
                    : blocks.blockCount(termId) * GROUPS_PER_PAIR;
        }
        return work;
    }

    private static double next(double average, double measured) {
        double bounded = Math.clamp(measured, average / LARGEST_STEP, average * LARGEST_STEP);
        return average + LEARNING_RATE * (bounded - average);
    }
}
