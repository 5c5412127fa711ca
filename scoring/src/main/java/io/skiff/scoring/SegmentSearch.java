package io.skiff.scoring;

import io.skiff.index.SegmentReader;
import io.skiff.index.blockmax.BlockMaxReader;

/** Searches one segment after the other, each in the way that its strategy says. Safe for use by several threads. */
final class SegmentSearch {
    private final ExhaustiveScorer exhaustive;
    private final SearchStrategy strategy;
    private final CostModel costs = new CostModel();

    SegmentSearch(ExhaustiveScorer exhaustive, SearchStrategy strategy) {
        this.exhaustive = exhaustive;
        this.strategy = strategy;
    }

    /**
     * Offers a segment's documents to {@code scratch.topK}, all that may be among the best, and counts those that match.
     *
     * @param firstOrdinal documents in the segments before
     */
    void search(SegmentReader segment, long firstOrdinal, QueryPlan plan, int k, Scratch scratch) {
        SegmentTerms terms = scratch.terms;
        terms.resolve(segment, plan);
        BlockMaxReader blocks = segment.blockMax();
        if (terms.count() > 0 && blocks != null && choosesBlockMax(segment, blocks, terms, k)) {
            if (searchBlocks(segment, blocks, firstOrdinal, k, scratch)) {
                scratch.matchCount += Math.max(scratch.blockMax.matchCount(), terms.largestDocumentFrequency());
                scratch.countsEveryMatch = false;
                return;
            }
            scratch.topK.forgetFrom(firstOrdinal);
        }
        long start = System.nanoTime();
        scratch.matchCount += exhaustive.score(segment, firstOrdinal, terms, scratch);
        if (terms.count() > 0) {
            costs.learnExhaustive(terms, segment.documentCount(), System.nanoTime() - start);
        }
    }

    private boolean choosesBlockMax(SegmentReader segment, BlockMaxReader blocks, SegmentTerms terms, int k) {
        return switch (strategy) {
            case EXHAUSTIVE -> false;
            case BLOCK_MAX -> true;
            case AUTO -> costs.blockMaxNanos(blocks, terms, k) < costs.exhaustiveNanos(terms, segment.documentCount());
        };
    }

    private boolean searchBlocks(
            SegmentReader segment, BlockMaxReader blocks, long firstOrdinal, int k, Scratch scratch) {
        BlockBudget budget = strategy == SearchStrategy.AUTO
                ? costs.budget(scratch.terms, segment.documentCount(), k)
                : BlockBudget.unlimited(k);
        try {
            long start = System.nanoTime();
            scratch.blockMax.sumBounds(blocks, scratch.terms);
            long middle = System.nanoTime();
            boolean complete = scratch.blockMax.scoreBlocks(blocks, scratch.terms, firstOrdinal, scratch.topK, budget);
            costs.learnBounds(blocks, scratch.terms, middle - start);
            costs.learnBlocks(scratch.blockMax.scoredBlockCount(), System.nanoTime() - middle);
            return complete;
        } catch (IndexOutOfBoundsException e) {
            throw segment.blockMaxDamaged(e);
        }
    }
}
