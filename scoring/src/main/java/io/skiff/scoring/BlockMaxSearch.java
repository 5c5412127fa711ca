package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import java.util.Objects;

/**
 * Finds the top of a range of a segment by bounds on its blocks: adds up the bounds of all blocks, then scores blocks in
 * descending order of bound until none that is left can hold a hit. Rank-safe, ties included, unless terms are ignored.
 * One per thread, used again; allocates only when a segment or query outgrows all before.
 */
final class BlockMaxSearch {
    /** How a search ended. */
    enum Outcome {
        /** Every document that may be among the best was offered. */
        COMPLETE,
        /** It would have cost more than scoring every document. Some documents were offered. */
        GAVE_UP,
        /** A document of inessential terms only may be among the best. Some documents were offered. */
        NEEDS_EVERY_TERM,
        /** It was told to stop. Some documents were offered. */
        STOPPED
    }

    /** Blocks to score before the share of them that was worth it says anything. */
    private static final int TRIAL_COUNT = 64;

    private final BlockSums sums;
    private final BlockOrder order = new BlockOrder();
    private final RecordTerms recordTerms = new RecordTerms();
    private final RecordBatch batch = new RecordBatch();
    private final RecordKernels recordKernels;
    private final int[] scores = new int[RecordKernels.DOCUMENTS];
    private SegmentTask task;
    private BlockMaxReader blocks;
    private BlockRange range;
    private TopK topK;
    /** What inessential terms may add to a bound; 0 where they are ignored. */
    private int slack;

    private int scoredBlockCount;
    private int likelyBlockCount;
    private int matchCount;

    BlockMaxSearch(BlockMaxKernels kernels, RecordKernels recordKernels) {
        sums = new BlockSums(kernels);
        this.recordKernels = recordKernels;
    }

    /** Blocks whose records the last search scored. */
    int scoredBlockCount() {
        return scoredBlockCount;
    }

    /** Blocks that the last search scored or, if it gave up, would have scored by the look of it. */
    int likelyBlockCount() {
        return likelyBlockCount;
    }

    /** Accepted documents with a score above zero among those that the last search scored. */
    int matchCount() {
        return matchCount;
    }

    /**
     * Adds up the bounds of a query over a range: the first half of a search.
     *
     * @return false if it was told to stop
     */
    boolean sumBounds(SegmentTask segmentTask, SegmentTerms terms, BlockRange blockRange) {
        task = segmentTask;
        blocks = segmentTask.segment().blockMax();
        range = blockRange;
        return sums.add(blocks, terms, segmentTask.accepted(), blockRange, segmentTask.stop());
    }

    /**
     * Offers every document of the range that may be among the best: the second half.
     *
     * @param ignoresInessential whether documents may be missed for what inessential terms add
     * @param budget says when to give up
     * @throws IndexOutOfBoundsException if the structures are damaged
     */
    Outcome scoreBlocks(SegmentTerms terms, boolean ignoresInessential, TopK best, BlockBudget budget) {
        scoredBlockCount = 0;
        likelyBlockCount = 0;
        matchCount = 0;
        topK = best;
        slack = ignoresInessential ? 0 : terms.leftOut();
        recordTerms.reset(blocks, terms);
        int high = BoundScale.MAX_BOUND;
        int wanted = budget.firstBlockCount();
        while (true) {
            int low = topK.threshold() > 0 ? lowestBound() : sums.boundOfRank(wanted);
            if (low > high) {
                break;
            }
            order.sort(sums, low, high);
            Outcome outcome = scoreInOrder(budget);
            if (outcome != null) {
                return outcome;
            }
            if (low == 1) {
                break;
            }
            high = low - 1;
            wanted = Math.min(wanted, Integer.MAX_VALUE / 8) * 8;
        }
        likelyBlockCount = scoredBlockCount;
        // What is left has a bound of 0 and so inessential terms only, or none.
        boolean mayBeLeft = slack > 0 && TopK.key(slack, firstOrdinal()) < topK.worstKey();
        return mayBeLeft ? Outcome.NEEDS_EVERY_TERM : Outcome.COMPLETE;
    }

    /** Offers every document of a segment, block after block, without any bounds: the way of last resort. */
    void scoreEveryBlock(SegmentTask segmentTask, SegmentTerms terms, TopK best) {
        task = segmentTask;
        blocks = segmentTask.segment().blockMax();
        range = BlockRange.all(blocks);
        topK = best;
        scoredBlockCount = 0;
        matchCount = 0;
        recordTerms.reset(blocks, terms);
        for (int next = 0; next < blocks.blockCount() && !task.stop().shouldStop(); ) {
            batch.clear();
            for (; next < blocks.blockCount() && batch.size() < RecordBatch.CAPACITY; next++) {
                batch.add(next);
            }
            scoreBatch();
        }
    }

    /** The smallest bound of a block that may hold a hit, but 1 at least. */
    private int lowestBound() {
        return sums.scale().boundFor(Math.max(0, topK.threshold() - slack));
    }

    /** Scores what is in order; returns null if lower bounds may hold hits still. */
    private Outcome scoreInOrder(BlockBudget budget) {
        int next = 0;
        while (next < order.size()) {
            if (!mayHoldHitFrom(next)) {
                likelyBlockCount = scoredBlockCount;
                return Outcome.COMPLETE;
            }
            next = fillBatch(next);
            scoreBatch();
            if (task.stop().shouldStop()) {
                return Outcome.STOPPED;
            }
            int left = order.countAbove(lowestBound()) - next;
            if (scoredBlockCount > TRIAL_COUNT && budget.isOverspent(scoredBlockCount, left)) {
                likelyBlockCount = scoredBlockCount + left;
                return Outcome.GAVE_UP;
            }
        }
        return null;
    }

    /**
     * Takes blocks from a position of the order on, across buckets: those of the highest bounds hold a block or two, too few
     * to come from memory together. Returns the position behind them.
     */
    private int fillBatch(int start) {
        batch.clear();
        int next = start;
        for (; next < order.size() && batch.size() < RecordBatch.CAPACITY && mayHoldHitFrom(next); next++) {
            if (mayHoldHit(order.block(next))) {
                batch.add(range.firstBlock() + order.block(next));
            }
        }
        return next;
    }

    /** Whether the block at a position of the order, or one behind it, may hold a hit. */
    private boolean mayHoldHitFrom(int position) {
        int largest = order.largestFrom(sums.get(order.block(position)));
        return TopK.key(scoreLimit(largest), firstOrdinal()) < topK.worstKey();
    }

    private void scoreBatch() {
        batch.load(blocks);
        for (int i = 0; i < batch.size(); i++) {
            scoreBlock(i);
        }
        topK.tighten();
    }

    private boolean mayHoldHit(int block) {
        long firstDocument = firstOrdinal() + ((long) block << blocks.blockShift());
        return TopK.key(scoreLimit(sums.get(block)), firstDocument) < topK.worstKey();
    }

    private void scoreBlock(int i) {
        scoredBlockCount++;
        int block = batch.block(i);
        int accepted = task.accepted().ofBlock(block, blocks.blockShift());
        int masks = recordKernels.score(batch.bytes(), batch.start(i), recordTerms, topK.threshold(), scores);
        matchCount += Integer.bitCount(RecordKernels.matches(masks) & accepted);
        int firstDocId = block << blocks.blockShift();
        for (int rest = RecordKernels.candidates(masks) & accepted; rest != 0; rest &= rest - 1) {
            int document = Integer.numberOfTrailingZeros(rest);
            int docId = Objects.checkIndex(firstDocId + document, blocks.documentCount());
            topK.offer(TopK.key(scores[document], task.firstOrdinal() + docId));
        }
    }

    /** The ordinal of the range's first document. */
    private long firstOrdinal() {
        return task.firstOrdinal() + ((long) range.firstBlock() << blocks.blockShift());
    }

    private int scoreLimit(int bound) {
        return (int) Math.min(Integer.MAX_VALUE, sums.scale().scoreLimit(bound) + (long) slack);
    }
}
