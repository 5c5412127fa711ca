package io.skiff.scoring;

import io.skiff.index.PostingsCursor;
import io.skiff.index.SegmentReader;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Scores every posting of the query's terms: the oracle of every faster way, and what the planner falls back to. It goes
 * window by window of documents, so that scores stay in the cache, and in each one term after the other.
 */
final class ExhaustiveScorer {
    private final ScoreScan scan;

    ExhaustiveScorer(Kernels kernels) {
        scan = new ScoreScan(kernels);
    }

    /**
     * Offers the segment's accepted documents to {@code scratch.topK} and returns the number of those that match. A segment
     * without postings of its own has those of its blocks scored, all of them, which takes some ten times as long.
     */
    long score(SegmentTask task, SegmentTerms terms, Scratch scratch) {
        if (terms.count() == 0) {
            return 0;
        }
        SegmentReader segment = task.segment();
        if (!segment.hasPostings()) {
            return scoreEveryBlock(task, terms, scratch);
        }
        long matches = 0;
        int documentCount = segment.documentCount();
        for (int first = 0; first < documentCount; first += PostingsCursor.WINDOW_DOCUMENTS) {
            int count = Math.min(PostingsCursor.WINDOW_DOCUMENTS, documentCount - first);
            for (int i = 0; i < terms.count(); i++) {
                if (task.stop().shouldStop()) {
                    // Sums that lack terms are no scores: nothing of this window is offered.
                    Arrays.fill(scratch.scores, 0, count, 0);
                    return matches;
                }
                addPostings(segment, terms.termId(i), terms.weight(i), first, count, scratch.cursor, scratch.scores);
            }
            matches += scan.collect(task, first, count, scratch);
        }
        return matches;
    }

    private static long scoreEveryBlock(SegmentTask task, SegmentTerms terms, Scratch scratch) {
        try {
            scratch.blockMax.scoreEveryBlock(task, terms, scratch.topK);
            return scratch.blockMax.matchCount();
        } catch (IndexOutOfBoundsException e) {
            throw task.segment().blockMaxDamaged(e);
        }
    }

    /** Adds what a term contributes to the scores of a window of documents; false if the window has not the term. */
    static boolean addPostings(
            SegmentReader segment,
            int termId,
            int weight,
            int firstDocId,
            int count,
            PostingsCursor cursor,
            int[] scores) {
        cursor.reset(segment, termId);
        if (!cursor.toWindow(firstDocId / PostingsCursor.WINDOW_DOCUMENTS)) {
            return false;
        }
        try {
            while (cursor.nextTier()) {
                int last = cursor.impact() > 0
                        ? addTier(segment.postings(), cursor, weight * cursor.impact(), scores)
                        : addMixed(segment.postings(), cursor, weight, scores);
                if (last >= count) {
                    throw segment.postingsDamaged("has docId " + last + " in a window of " + count + " documents");
                }
            }
            return true;
        } catch (ArrayIndexOutOfBoundsException e) {
            throw segment.postingsDamaged("has a docId outside of a window of " + count + ": " + e.getMessage());
        }
    }

    static int addTier(MemorySegment postings, PostingsCursor tier, int contribution, int[] scores) {
        long gaps = tier.gapsOffset();
        int count = tier.entryCount();
        return switch (tier.gapBits()) {
            case 8 -> TierKernels.add8(postings, gaps, count, contribution, scores);
            case 12 -> TierKernels.add12(postings, gaps, count, contribution, scores);
            default -> TierKernels.add16(postings, gaps, count, contribution, scores);
        };
    }

    private static int addMixed(MemorySegment postings, PostingsCursor tier, int weight, int[] scores) {
        long gaps = tier.gapsOffset();
        long impacts = tier.impactsOffset();
        int count = tier.entryCount();
        return switch (tier.gapBits()) {
            case 8 -> TierKernels.addMixed8(postings, gaps, impacts, count, weight, scores);
            case 12 -> TierKernels.addMixed12(postings, gaps, impacts, count, weight, scores);
            default -> TierKernels.addMixed16(postings, gaps, impacts, count, weight, scores);
        };
    }
}
