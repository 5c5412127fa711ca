package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import java.util.Objects;

/**
 * Finds the top of one segment by bounds on its blocks: adds up the bounds of all blocks, then scores blocks in
 * descending order of bound until none that is left can hold a hit. Rank-safe, ties included. One per thread, used
 * again; allocates only when a segment or query outgrows all before.
 */
final class BlockMaxSearch {
    /** Blocks to score before the share of them that was worth it says anything. */
    private static final int TRIAL_COUNT = 64;

    private final BlockSums sums;
    private final BlockOrder order = new BlockOrder();
    private final RecordTerms recordTerms = new RecordTerms();
    private final RecordBatch batch = new RecordBatch();
    private final RecordKernels recordKernels;
    private final int[] scores = new int[RecordKernels.DOCUMENTS];
    private int scoredBlockCount;
    private int matchCount;

    BlockMaxSearch(BlockMaxKernels kernels, RecordKernels recordKernels) {
        sums = new BlockSums(kernels);
        this.recordKernels = recordKernels;
    }

    /** Blocks whose records the last search scored. */
    int scoredBlockCount() {
        return scoredBlockCount;
    }

    /** Documents with a score above zero among those that the last search scored. */
    int matchCount() {
        return matchCount;
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
                batch.clear();
                for (; next < end && batch.size() < RecordBatch.CAPACITY; next++) {
                    if (mayHoldHit(blocks, order.block(next), firstOrdinal, topK)) {
                        batch.add(blocks, order.block(next));
                    }
                }
                for (int i = 0; i < batch.size(); i++) {
                    scoreBlock(blocks, i, firstOrdinal, topK);
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

    private boolean mayHoldHit(BlockMaxReader blocks, int block, long firstOrdinal, TopK topK) {
        long firstDocument = firstOrdinal + ((long) block << blocks.blockShift());
        return TopK.key(sums.scale().scoreLimit(sums.get(block)), firstDocument) < topK.worstKey();
    }

    private void scoreBlock(BlockMaxReader blocks, int i, long firstOrdinal, TopK topK) {
        scoredBlockCount++;
        int masks = recordKernels.score(batch.bytes(), batch.start(i), recordTerms, topK.threshold(), scores);
        matchCount += Integer.bitCount(RecordKernels.matches(masks));
        int firstDocId = batch.block(i) << blocks.blockShift();
        for (int rest = RecordKernels.candidates(masks); rest != 0; rest &= rest - 1) {
            int document = Integer.numberOfTrailingZeros(rest);
            int docId = Objects.checkIndex(firstDocId + document, blocks.documentCount());
            topK.offer(TopK.key(scores[document], firstOrdinal + docId));
        }
    }
}
