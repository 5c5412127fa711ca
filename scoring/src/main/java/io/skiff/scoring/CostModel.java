package io.skiff.scoring;

import io.skiff.index.SegmentReader;
import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.DenseBoundsLayout;
import java.util.Arrays;

/**
 * Estimates what the ways to search cost, in nanoseconds, and learns from what they did cost: what a unit of work takes
 * on this machine, and how many blocks have to be scored on this data. Several threads may learn at once; a lost update
 * is harmless.
 *
 * <p>The first searches, whose code is not compiled yet, teach nothing. Now and then the dearer way is taken, so that an
 * estimate that became wrong, or was, does not stay so.
 */
final class CostModel {
    /** Scanning this many scores costs as much as adding one posting. */
    private static final double SCORES_PER_POSTING = 8;

    /** A pair of sparse bounds costs this much of a group of dense ones. */
    private static final double GROUPS_PER_PAIR = 0.7;

    private static final double LEARNING_RATE = 1 / 32.0;

    /** Downwards: what disturbs a measurement only ever makes it dearer, as code that is not compiled yet does. */
    private static final double LEARNING_RATE_DOWN = 1 / 4.0;

    /** One search that was interrupted must not turn the estimate over. */
    private static final double LARGEST_STEP = 2;

    /** Searches of each way that teach nothing. */
    private static final int WARM_UP_COUNT = 200;

    /** Every so many searches the other way is taken, if it is not expected to cost more than {@link #MOST_EXPLORED}. */
    private static final int EXPLORED_EVERY = 256;

    private static final double MOST_EXPLORED = 4;

    /**
     * How many more blocks have to be scored where bounds are too high by a share of the largest score: e to the power of
     * this times the share. Measured on a million documents with topics, k=10: .5 % gave 1.13 times as many, 1 % 1.36, 2 %
     * 1.96, 4 % 4.2.
     */
    private static final double BLOCK_GROWTH = 33;

    /**
     * Of the geometric mean: numbers of blocks are far apart, and a search that turns out to be harder than most gives up.
     * With the arithmetic mean one such search had the next dozens scored exhaustively: over a million documents without
     * topics, k=100, a fourth of all, in 2.7 times the time.
     */
    private static final double LEARNING_RATE_BLOCKS = 1 / 8.0;

    /** More or fewer blocks than expected count as so many times at most: one search must not turn the estimate over. */
    private static final double LARGEST_RATIO = 64;

    /** Queries without hits must not take the factor to where no other could bring it back from. */
    private static final double SMALLEST_FACTOR = 1 / 1024.0;

    private static final double USUAL_POSTINGS_PER_DOCUMENT = 1.4;

    // Measured on a Xeon of the Sapphire Rapids kind.
    private static final double POSTING_NANOS = 1.6;
    private static final double GROUP_NANOS = 2.8;
    private static final double BLOCK_NANOS = 600;

    private final boolean unpacks;

    private volatile double postingNanos = POSTING_NANOS;
    private volatile double groupNanos = GROUP_NANOS;
    private volatile double blockNanos = BLOCK_NANOS;

    private volatile int searchCount;
    private volatile int exhaustiveCount;
    private volatile int blockCount;

    /** By bits of k: how many times more blocks were scored than {@link #usualBlockCount} says. */
    private final double[] blockFactors = new double[Integer.SIZE];

    /** @param unpacks whether bounds are read unpacked */
    CostModel(boolean unpacks) {
        this.unpacks = unpacks;
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
        double expected = Math.min(likelyBlockCount(blocks, terms, k), most);
        return groupNanos * boundsWork(blocks, terms) + blockNanos * expected;
    }

    /**
     * How many terms, heaviest first, to sum bounds of: leaving out light ones saves the reading of theirs and raises all
     * bounds by what they might add, so that more blocks have to be scored.
     */
    int essentialCount(BlockMaxReader blocks, SegmentTerms terms, int k) {
        double total = terms.contributions();
        double blocksNanos = blockNanos * likelyBlockCount(blocks, terms, k);
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

    private double likelyBlockCount(BlockMaxReader blocks, SegmentTerms terms, int k) {
        return usualBlockCount(blocks, terms, k) * blockFactors[bits(k)];
    }

    BlockBudget budget(SegmentReader segment, SegmentTerms terms, int k) {
        return new BlockBudget(k, blockNanos, exhaustiveNanos(segment, terms));
    }

    /** Whether a search by blocks is expected to be the cheaper, or is to be tried. */
    boolean choosesBlockMax(SegmentReader segment, SegmentTerms terms, int k) {
        double blockMax = blockMaxNanos(segment.blockMax(), terms, k);
        double exhaustive = exhaustiveNanos(segment, terms);
        int count = searchCount + 1;
        searchCount = count;
        boolean explores = count % EXPLORED_EVERY == 0
                && Math.max(blockMax, exhaustive) < MOST_EXPLORED * Math.min(blockMax, exhaustive);
        return blockMax < exhaustive != explores;
    }

    void learnExhaustive(SegmentReader segment, SegmentTerms terms, long nanos) {
        if (!segment.hasPostings()) {
            return;
        }
        int count = exhaustiveCount + 1;
        exhaustiveCount = count;
        if (count > WARM_UP_COUNT) {
            postingNanos = next(postingNanos, nanos / exhaustiveWork(terms, segment.documentCount()));
        }
    }

    /**
     * Learns from a search by blocks.
     *
     * @param likelyCount blocks that it scored or, if it gave up, would have scored
     */
    void learnBlockMax(
            BlockMaxReader blocks,
            SegmentTerms terms,
            int k,
            int scoredCount,
            int likelyCount,
            long boundsNanos,
            long blocksNanos) {
        double ratio = Math.clamp(likelyCount / likelyBlockCount(blocks, terms, k), 1 / LARGEST_RATIO, LARGEST_RATIO);
        double factor = blockFactors[bits(k)] * Math.pow(ratio, LEARNING_RATE_BLOCKS);
        blockFactors[bits(k)] = Math.max(SMALLEST_FACTOR, factor);
        int count = blockCount + 1;
        blockCount = count;
        if (count > WARM_UP_COUNT && scoredCount > 0) {
            groupNanos = next(groupNanos, boundsNanos / boundsWork(blocks, terms));
            blockNanos = next(blockNanos, blocksNanos / (double) scoredCount);
        }
    }

    /**
     * What was measured on a million documents with topics, where a query had 1.4 postings a document. Of all that is known
     * of a query before its search, its postings tell the most: blocks grow with the power .59 of them, at 100,000
     * documents too, .51 without topics (correlation of the logarithms .57, .55, .27). Without this, queries with few
     * postings were scored exhaustively, in up to twice the time that their few blocks take.
     */
    private static double usualBlockCount(BlockMaxReader blocks, SegmentTerms terms, int k) {
        double perDocument = (double) terms.postingCount() / blocks.documentCount();
        return (60 + 2.6 * k) * Math.sqrt(perDocument / USUAL_POSTINGS_PER_DOCUMENT);
    }

    private static int bits(int k) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(k);
    }

    private static double exhaustiveWork(SegmentTerms terms, int documentCount) {
        return terms.postingCount() + documentCount / SCORES_PER_POSTING;
    }

    private double boundsWork(BlockMaxReader blocks, SegmentTerms terms) {
        // One more term's worth to clear and to look through the sums.
        double work = DenseBoundsLayout.groupCount(blocks.blockCount());
        for (int i = 0; i < terms.essentialCount(); i++) {
            work += boundsWork(blocks, terms.termId(i));
        }
        return work;
    }

    private double boundsWork(BlockMaxReader blocks, int termId) {
        return DenseTerms.isDense(blocks, termId, unpacks)
                ? DenseBoundsLayout.groupCount(blocks.blockCount())
                : blocks.blockCount(termId) * GROUPS_PER_PAIR;
    }

    private static double next(double average, double measured) {
        double bounded = Math.clamp(measured, average / LARGEST_STEP, average * LARGEST_STEP);
        return average + (bounded < average ? LEARNING_RATE_DOWN : LEARNING_RATE) * (bounded - average);
    }
}
