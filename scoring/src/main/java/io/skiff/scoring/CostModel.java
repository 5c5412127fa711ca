package io.skiff.scoring;

import io.skiff.index.SegmentReader;
import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.BoundsKind;
import io.skiff.index.blockmax.DenseBoundsLayout;
import java.util.Arrays;

/**
 * Estimates what the ways to search cost, in nanoseconds, and learns from what they did cost: what a unit of work takes
 * on this machine, and how many blocks have to be scored on this data. Several threads may learn at once; a lost update
 * is harmless.
 *
 * <p>What is not seen again is forgotten, slowly, towards where it started: otherwise a way that looked dear while the
 * code was cold, or for some odd queries, would never be tried again.
 */
final class CostModel {
    /** Scanning this many scores costs as much as adding one posting. */
    private static final double SCORES_PER_POSTING = 8;

    /** A pair of sparse bounds costs this much of a group of dense ones. */
    private static final double GROUPS_PER_PAIR = 0.7;

    /** How much faster a search counts that was faster than expected: the slower ones were disturbed, or cold. */
    private static final double LEARNING_RATE_DOWN = 1 / 8.0;

    private static final double LEARNING_RATE_UP = 1 / 64.0;

    /** One search that was interrupted must not turn the estimate over. */
    private static final double LARGEST_STEP = 2;

    /**
     * How many more blocks have to be scored where bounds are too high by a share of the largest score: e to the power of
     * this times the share. Measured on a million documents with topics, k=10: .5 % gave 1.13 times as many, 1 % 1.36, 2 %
     * 1.96, 4 % 4.2.
     */
    private static final double BLOCK_GROWTH = 33;

    private static final double LEARNING_RATE_BLOCKS = 1 / 8.0;

    /** Half is forgotten after some 350 searches the other way. */
    private static final double FORGETTING_RATE = 1 / 512.0;

    private static final double POSTING_NANOS = 1;
    private static final double GROUP_NANOS = 2.5;
    private static final double BLOCK_NANOS = 500;

    private volatile double postingNanos = POSTING_NANOS;
    private volatile double groupNanos = GROUP_NANOS;
    private volatile double blockNanos = BLOCK_NANOS;

    /** By bits of k: how many times more blocks were scored than {@link #usualBlockCount} says. */
    private final double[] blockFactors = new double[Integer.SIZE];

    CostModel() {
        Arrays.fill(blockFactors, 1);
    }

    /** The expected cost of scoring every document. */
    double exhaustiveNanos(SegmentReader segment, SegmentTerms terms) {
        return segment.hasPostings()
                ? postingNanos * exhaustiveWork(terms, segment.documentCount())
                : blockNanos * segment.blockMax().blockCount();
    }

    /** The expected cost for the best {@code k}. */
    double blockMaxNanos(BlockMaxReader blocks, SegmentTerms terms, int k) {
        double most = (double) Math.min(blocks.blockCount(), terms.postingCount());
        double expected = Math.min(likelyBlockCount(k), most);
        return groupNanos * boundsWork(blocks, terms) + blockNanos * expected;
    }

    /**
     * How many terms, heaviest first, to sum bounds of: leaving out light ones saves the reading of theirs and raises all
     * bounds by what they might add, so that more blocks have to be scored.
     */
    int essentialCount(BlockMaxReader blocks, SegmentTerms terms, int k) {
        double total = terms.contributions();
        double blocksNanos = blockNanos * likelyBlockCount(k);
        double best = 0;
        int essential = terms.count();
        double saved = 0;
        long leftOut = 0;
        for (int i = terms.count() - 1; i > 0; i--) {
            leftOut += terms.contribution(i);
            saved += groupNanos * boundsWork(blocks, terms.termId(i));
            double gain = saved - blocksNanos * (Math.exp(BLOCK_GROWTH * leftOut / total) - 1);
            if (gain > best) {
                best = gain;
                essential = i;
            } else if (gain < -best) {
                break;
            }
        }
        return essential;
    }

    private double likelyBlockCount(int k) {
        return usualBlockCount(k) * blockFactors[bits(k)];
    }

    BlockBudget budget(SegmentReader segment, SegmentTerms terms, int k) {
        return new BlockBudget(k, blockNanos, exhaustiveNanos(segment, terms));
    }

    void learnExhaustive(SegmentReader segment, SegmentTerms terms, int k, long nanos) {
        if (!segment.hasPostings()) {
            return;
        }
        postingNanos = next(postingNanos, nanos / exhaustiveWork(terms, segment.documentCount()));
        groupNanos = forgetting(groupNanos, GROUP_NANOS);
        blockNanos = forgetting(blockNanos, BLOCK_NANOS);
        blockFactors[bits(k)] = forgetting(blockFactors[bits(k)], 1);
    }

    void learnBounds(BlockMaxReader blocks, SegmentTerms terms, long nanos) {
        groupNanos = next(groupNanos, nanos / boundsWork(blocks, terms));
        postingNanos = forgetting(postingNanos, POSTING_NANOS);
    }

    /**
     * Learns from a search by blocks.
     *
     * @param likelyCount blocks that it scored or, if it gave up, would have scored
     */
    void learnBlocks(int k, int scoredCount, int likelyCount, long nanos) {
        if (scoredCount > 0) {
            blockNanos = next(blockNanos, nanos / (double) scoredCount);
            double factor = blockFactors[bits(k)];
            blockFactors[bits(k)] += LEARNING_RATE_BLOCKS * (likelyCount / usualBlockCount(k) - factor);
        }
    }

    /** What was measured on a million documents with topics. */
    private static double usualBlockCount(int k) {
        return 60 + 2.6 * k;
    }

    private static int bits(int k) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(k);
    }

    private static double exhaustiveWork(SegmentTerms terms, int documentCount) {
        return terms.postingCount() + documentCount / SCORES_PER_POSTING;
    }

    private static double boundsWork(BlockMaxReader blocks, SegmentTerms terms) {
        // One more term's worth to clear and to look through the sums.
        double work = DenseBoundsLayout.groupCount(blocks.blockCount());
        for (int i = 0; i < terms.essentialCount(); i++) {
            work += boundsWork(blocks, terms.termId(i));
        }
        return work;
    }

    private static double boundsWork(BlockMaxReader blocks, int termId) {
        return blocks.boundsKind(termId) == BoundsKind.DENSE
                ? DenseBoundsLayout.groupCount(blocks.blockCount())
                : blocks.blockCount(termId) * GROUPS_PER_PAIR;
    }

    private static double forgetting(double average, double start) {
        return average + FORGETTING_RATE * (start - average);
    }

    private static double next(double average, double measured) {
        double bounded = Math.min(measured, average * LARGEST_STEP);
        double rate = bounded < average ? LEARNING_RATE_DOWN : LEARNING_RATE_UP;
        return average + rate * (bounded - average);
    }
}
