package io.skiff.scoring;

import io.skiff.index.IndexReader;
import io.skiff.index.SegmentReader;
import io.skiff.index.blockmax.BlockMaxReader;
import java.util.List;

/**
 * The steps of a search of one segment by block bounds, to be measured one at a time. Each needs those before it and may
 * be repeated. Not for use by several threads.
 */
public final class BlockMaxSteps {
    private final List<QueryPlan> plans;
    private final SegmentTask task;
    private final BlockMaxReader blocks;
    private final SegmentTerms terms = new SegmentTerms();
    private final BlockSums sums;
    private final BlockOrder order = new BlockOrder();
    private final RecordBatch batch = new RecordBatch();
    private final RecordTerms recordTerms = new RecordTerms();
    private final RecordKernels recordKernels;
    private final int[] scores = new int[RecordKernels.DOCUMENTS];

    /**
     * Over the first segment of an index.
     *
     * @throws IllegalArgumentException if it has no block-max structures
     */
    public BlockMaxSteps(IndexReader reader, List<SparseQuery> queries, Kernels kernels) {
        plans = queries.stream()
                .map(query -> QueryPlan.of(query, reader.fields()))
                .toList();
        SegmentReader segment = reader.segments().getFirst();
        if (segment.blockMax() == null) {
            throw new IllegalArgumentException("the segment has no block-max structures");
        }
        AcceptedDocs all = new AcceptedDocs();
        all.reset(null, null, segment.documentCount());
        task = new SegmentTask(segment, 0, all, StopSignal.never());
        blocks = segment.blockMax();
        sums = new BlockSums(BlockMaxKernels.forRegisters(kernels.registerBits()));
        recordKernels = RecordKernels.forRegisters(kernels.registerBits());
    }

    /** Looks the terms of one of the queries up; returns how many the segment has. */
    public int resolve(int query) {
        terms.resolve(task.segment(), plans.get(query));
        recordTerms.reset(blocks, terms);
        return terms.count();
    }

    /** Adds up the bounds of all blocks. */
    public void sumBounds() {
        sums.add(blocks, terms, task.accepted(), BlockRange.all(blocks), task.stop());
    }

    /** Puts about so many blocks of the highest bounds, or more, in order; returns how many. */
    public int order(int rank) {
        order.sort(sums, sums.boundOfRank(rank), BoundScale.MAX_BOUND);
        return order.size();
    }

    /**
     * Scores the first blocks of the order.
     *
     * @param count at most what {@link #order} returned
     * @return the sum of all scores
     */
    public long score(int count) {
        long sum = 0;
        for (int next = 0; next < count; ) {
            batch.clear();
            for (; next < count && batch.size() < RecordBatch.CAPACITY; next++) {
                batch.add(order.block(next));
            }
            batch.load(blocks);
            for (int i = 0; i < batch.size(); i++) {
                recordKernels.score(batch.bytes(), batch.start(i), recordTerms, 0, scores);
                for (int score : scores) {
                    sum += score;
                }
            }
        }
        return sum;
    }
}
