package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.RecordLayout;
import java.util.Arrays;
import java.util.Objects;

/**
 * Finds the top of one segment by bounds on its blocks: adds up the bounds of all blocks, then scores blocks in
 * descending order of bound until none that is left can hold a hit. Rank-safe, ties included. One per thread, used
 * again; allocates only when a segment or query outgrows all before.
 */
final class BlockMaxSearch {
    /** Records on their way from memory while others are scored. */
    private static final int AHEAD_COUNT = 8;

    /** Blocks to score before the share of them that was worth it says anything. */
    private static final int TRIAL_COUNT = 64;

    private final BlockSums sums;
    private final BlockOrder order = new BlockOrder();
    private final RecordTerms recordTerms = new RecordTerms();
    private final int[] scores = new int[1 << RecordLayout.LOCAL_DOCUMENT_BITS];
    private int touched;
    private int scoredBlockCount;
    private int matchCount;

    BlockMaxSearch(BlockMaxKernels kernels) {
        sums = new BlockSums(kernels);
    }

    /** Blocks whose records the last search scored. */
    int scoredBlockCount() {
        return scoredBlockCount;
    }

    /** Documents with a score above zero among those that the last search scored. */
    int matchCount() {
        return matchCount;
    }

    /** What the loads ahead read: means nothing, but keeps them from being optimized away. */
    int touched() {
        return touched;
    }

    /** Adds up the bounds of a query over a segment: the first half of a search. */
    void sumBounds(BlockMaxReader blocks, SegmentTerms terms) {
        sums.add(blocks, terms);
    }

    /**
     * Offers every document of the segment that may be among the best: the second half.
     *
     * @param firstOrdinal documents in the segments before
     * @param budget says when to give up
     * @throws IndexOutOfBoundsException if the structures are damaged
     * @return false if it gave up; then {@code topK} holds some of the segment's documents and lacks others
     */
    boolean scoreBlocks(BlockMaxReader blocks, SegmentTerms terms, long firstOrdinal, TopK topK, BlockBudget budget) {
        scoredBlockCount = 0;
        matchCount = 0;
        recordTerms.reset(blocks, terms);
        BoundScale scale = sums.scale();
        int high = BoundScale.MAX_BOUND;
        int wanted = budget.firstBlockCount();
        while (true) {
            int threshold = topK.threshold();
            int low = threshold > 0 ? scale.boundFor(threshold) : sums.boundOfRank(wanted);
            if (low > high) {
                return true;
            }
            order.sort(sums, low, high);
            Outcome outcome = scoreInOrder(blocks, firstOrdinal, topK, budget);
            if (outcome != Outcome.ALL_SCORED || low == 1) {
                return outcome != Outcome.GAVE_UP;
            }
            high = low - 1;
            wanted = Math.min(wanted, Integer.MAX_VALUE / 8) * 8;
        }
    }

    private enum Outcome {
        /** Every block of the order was scored or passed over; lower bounds may hold hits still. */
        ALL_SCORED,
        /** No block left can hold a hit, in the order or below it. */
        NOTHING_LEFT,
        GAVE_UP
    }

    private Outcome scoreInOrder(BlockMaxReader blocks, long firstOrdinal, TopK topK, BlockBudget budget) {
        BoundScale scale = sums.scale();
        int next = 0;
        for (int bucket = 0; next < order.size(); bucket++) {
            int end = order.bucketEnd(bucket);
            if (next == end) {
                continue;
            }
            if (TopK.key(scale.scoreLimit(order.bucketTop(bucket)), firstOrdinal) >= topK.worstKey()) {
                return Outcome.NOTHING_LEFT;
            }
            while (next < end) {
                int batchEnd = Math.min(end, next + AHEAD_COUNT);
                touch(blocks, next, batchEnd);
                for (; next < batchEnd; next++) {
                    scoreBlock(blocks, order.block(next), firstOrdinal, topK);
                }
                topK.tighten();
                if (scoredBlockCount > TRIAL_COUNT
                        && budget.isOverspent(scoredBlockCount, order.countAbove(scale, topK.threshold()) - next)) {
                    return Outcome.GAVE_UP;
                }
            }
        }
        return Outcome.ALL_SCORED;
    }

    private void touch(BlockMaxReader blocks, int from, int to) {
        for (int i = from; i < to; i++) {
            int block = order.block(i);
            touched += RecordKernels.touch(blocks.records(), blocks.recordStart(block), blocks.recordStart(block + 1));
        }
    }

    private void scoreBlock(BlockMaxReader blocks, int block, long firstOrdinal, TopK topK) {
        int firstDocId = block << blocks.blockShift();
        if (TopK.key(sums.scale().scoreLimit(sums.get(block)), firstOrdinal + firstDocId) >= topK.worstKey()) {
            return;
        }
        scoredBlockCount++;
        Arrays.fill(scores, 0);
        RecordKernels.score(blocks.records(), blocks.recordStart(block), blocks.recordLayout(), recordTerms, scores);
        for (int document = 0; document < scores.length; document++) {
            if (scores[document] > 0) {
                matchCount++;
                int docId = Objects.checkIndex(firstDocId + document, blocks.documentCount());
                topK.offer(TopK.key(scores[document], firstOrdinal + docId));
            }
        }
    }
}
