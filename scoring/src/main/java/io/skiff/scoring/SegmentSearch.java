package io.skiff.scoring;

import io.skiff.index.SegmentReader;
import io.skiff.index.blockmax.BlockMaxReader;

/** Searches one segment, or a part of it, in the way that its strategy says. Safe for use by several threads. */
final class SegmentSearch {
    private final ExhaustiveScorer exhaustive;
    private final SearchStrategy strategy;
    private final CostModel costs;

    /** @param registerBits of the kernels that are used */
    SegmentSearch(ExhaustiveScorer exhaustive, SearchStrategy strategy, int registerBits) {
        this.exhaustive = exhaustive;
        this.strategy = strategy;
        this.costs = new CostModel(BlockMaxKernels.forRegisters(registerBits).readsUnpacked());
    }

    /** Whether a segment is to be searched by blocks; {@code terms} are its terms of the query. */
    boolean choosesBlockMax(SegmentReader segment, SegmentTerms terms, int k) {
        BlockMaxReader blocks = segment.blockMax();
        if (blocks == null || terms.count() == 0) {
            return false;
        }
        return switch (strategy) {
            case EXHAUSTIVE -> false;
            case BLOCK_MAX -> true;
            case AUTO -> !segment.hasPostings() || costs.choosesBlockMax(segment, terms, k);
        };
    }

    /** Offers all documents of a segment to {@code scratch.topK} that may be among the best; counts those that match. */
    void search(SegmentTask task, SearchOptions options, Scratch scratch) {
        SegmentTerms terms = scratch.terms;
        if (choosesBlockMax(task.segment(), terms, options.k())) {
            BlockRange all = BlockRange.all(task.segment().blockMax());
            leaveOut(task.segment(), options, scratch);
            BlockMaxSearch.Outcome outcome = searchBlocks(task, all, options, scratch);
            if (outcome == BlockMaxSearch.Outcome.NEEDS_EVERY_TERM) {
                forget(task, scratch);
                terms.leaveOutFrom(terms.count());
                outcome = searchBlocks(task, all, options, scratch);
            }
            if (outcome == BlockMaxSearch.Outcome.COMPLETE && task.accepted().acceptsAll()) {
                // No fewer match than have the most frequent term.
                scratch.matchCount += Math.max(0, terms.largestDocumentFrequency() - scratch.blockMax.matchCount());
            }
            if (outcome != BlockMaxSearch.Outcome.GAVE_UP) {
                return;
            }
            forget(task, scratch);
        }
        searchExhaustively(task, options, scratch);
    }

    private static void forget(SegmentTask task, Scratch scratch) {
        long end = task.firstOrdinal() + task.segment().documentCount();
        scratch.topK.forget(task.firstOrdinal(), end);
    }

    /** Decides which terms are not essential. */
    void leaveOut(SegmentReader segment, SearchOptions options, Scratch scratch) {
        SegmentTerms terms = scratch.terms;
        if (options.ignoredShare() > 0) {
            terms.leaveOutShare(options.ignoredShare());
            scratch.unseen(terms.leftOut());
        } else {
            terms.leaveOutFrom(costs.essentialCount(segment.blockMax(), terms, options.k()));
        }
    }

    /** Scores every document. */
    void searchExhaustively(SegmentTask task, SearchOptions options, Scratch scratch) {
        SegmentTerms terms = scratch.terms;
        long start = System.nanoTime();
        scratch.matchCount += exhaustive.score(task, terms, scratch);
        long nanos = System.nanoTime() - start;
        scratch.exhaustiveNanos += nanos;
        if (terms.count() > 0 && !task.stop().hasStopped()) {
            costs.learnExhaustive(task.segment(), terms, nanos);
        }
    }

    /** Scores blocks of a range. If this is neither complete nor stopped, what was offered is to be forgotten. */
    BlockMaxSearch.Outcome searchBlocks(SegmentTask task, BlockRange range, SearchOptions options, Scratch scratch) {
        SegmentTerms terms = scratch.terms;
        BlockMaxSearch search = scratch.blockMax;
        BlockMaxReader blocks = task.segment().blockMax();
        int k = options.k();
        BlockBudget budget = strategy == SearchStrategy.AUTO && task.segment().hasPostings()
                ? costs.budget(task.segment(), terms, k)
                : BlockBudget.unlimited(k);
        try {
            long start = System.nanoTime();
            scratch.scoredBlockCount = 0;
            if (!search.sumBounds(task, terms, range)) {
                return BlockMaxSearch.Outcome.STOPPED;
            }
            long middle = System.nanoTime();
            BlockMaxSearch.Outcome outcome =
                    search.scoreBlocks(terms, options.ignoredShare() > 0, scratch.topK, budget);
            long end = System.nanoTime();
            scratch.boundsNanos += middle - start;
            scratch.blocksNanos += end - middle;
            scratch.scoredBlockCount = search.scoredBlockCount();
            if (outcome == BlockMaxSearch.Outcome.COMPLETE || outcome == BlockMaxSearch.Outcome.STOPPED) {
                scratch.matchCount += search.matchCount();
                scratch.countsEveryMatch = false;
            }
            if (outcome != BlockMaxSearch.Outcome.STOPPED && range.equals(BlockRange.all(blocks))) {
                costs.learnBlockMax(
                        blocks,
                        terms,
                        k,
                        search.scoredBlockCount(),
                        search.likelyBlockCount(),
                        middle - start,
                        end - middle);
            }
            return outcome;
        } catch (IndexOutOfBoundsException e) {
            throw task.segment().blockMaxDamaged(e);
        }
    }
}
