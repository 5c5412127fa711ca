package io.skiff.scoring;

import io.skiff.index.PostingsCursor;
import io.skiff.index.SegmentReader;
import io.skiff.index.blockmax.RecordTermCursor;
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

    /** Offers the segment's accepted documents to {@code scratch.topK} and returns the number of those that match. */
    long score(SegmentTask task, SegmentTerms terms, Scratch scratch) {
        if (terms.count() == 0) {
            return 0;
        }
        SegmentReader segment = task.segment();
        RecordScores records = segment.hasPostings() ? null : new RecordScores(segment, terms);
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
                if (records != null) {
                    records.add(i, first, first + count, scratch.scores);
                } else {
                    addPostings(segment, terms.termId(i), terms.weight(i), first, count, scratch);
                }
            }
            matches += scan.collect(task, first, count, scratch);
        }
        return matches;
    }

    private static void addPostings(
            SegmentReader segment, int termId, int weight, int firstDocId, int count, Scratch scratch) {
        PostingsCursor cursor = scratch.cursor;
        cursor.reset(segment, termId);
        if (!cursor.toWindow(firstDocId / PostingsCursor.WINDOW_DOCUMENTS)) {
            return;
        }
        try {
            while (cursor.nextTier()) {
                int last = cursor.impact() > 0
                        ? addTier(segment.postings(), cursor, weight * cursor.impact(), scratch.scores)
                        : addMixed(segment.postings(), cursor, weight, scratch.scores);
                if (last >= count) {
                    throw segment.postingsDamaged("has docId " + last + " in a window of " + count + " documents");
                }
            }
        } catch (ArrayIndexOutOfBoundsException e) {
            throw segment.postingsDamaged("has a docId outside of a window of " + count + ": " + e.getMessage());
        }
    }

    private static int addTier(MemorySegment postings, PostingsCursor tier, int contribution, int[] scores) {
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

    /** Scores from block records where a segment has nothing else: right, and a hundred times slower. It allocates. */
    private static final class RecordScores {
        private final SegmentReader segment;
        private final SegmentTerms terms;
        private final RecordTermCursor[] cursors;
        private final boolean[] isPositioned;

        RecordScores(SegmentReader segment, SegmentTerms terms) {
            this.segment = segment;
            this.terms = terms;
            this.cursors = new RecordTermCursor[terms.count()];
            this.isPositioned = new boolean[terms.count()];
            try {
                for (int i = 0; i < cursors.length; i++) {
                    cursors[i] = new RecordTermCursor();
                    cursors[i].reset(segment.blockMax(), terms.termId(i));
                    isPositioned[i] = cursors[i].next();
                }
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                throw segment.blockMaxDamaged(e);
            }
        }

        void add(int term, int firstDocId, int endDocId, int[] scores) {
            RecordTermCursor cursor = cursors[term];
            try {
                while (isPositioned[term] && cursor.docId() < endDocId) {
                    scores[cursor.docId() - firstDocId] += terms.weight(term) * cursor.impact();
                    isPositioned[term] = cursor.next();
                }
            } catch (IndexOutOfBoundsException e) {
                throw segment.blockMaxDamaged(e);
            }
        }
    }
}
