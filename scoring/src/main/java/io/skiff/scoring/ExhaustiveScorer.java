package io.skiff.scoring;

import io.skiff.index.PostingsCursor;
import io.skiff.index.SegmentReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Scores every posting of the query's terms, one term after the other: the oracle of every faster way, and what the
 * planner falls back to.
 */
final class ExhaustiveScorer {
    private static final ValueLayout.OfInt DOC_ID = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final ScoreScan scan;

    ExhaustiveScorer(Kernels kernels) {
        scan = new ScoreScan(kernels);
    }

    /** Offers the segment's accepted documents to {@code scratch.topK} and returns the number of those that match. */
    long score(SegmentTask task, SegmentTerms terms, Scratch scratch) {
        if (terms.count() == 0) {
            return 0;
        }
        for (int i = 0; i < terms.count(); i++) {
            if (task.stop().shouldStop()) {
                // Sums that lack terms are no scores: nothing of this segment is offered.
                Arrays.fill(scratch.scores, 0, task.segment().documentCount(), 0);
                return 0;
            }
            accumulate(task.segment(), terms.termId(i), terms.weight(i), scratch);
        }
        return scan.collect(task, scratch);
    }

    private static void accumulate(SegmentReader segment, int termId, int weight, Scratch scratch) {
        PostingsCursor cursor = scratch.cursor;
        cursor.reset(segment, termId);
        while (cursor.nextTier()) {
            add(segment.postings(), cursor.docIdsOffset(), cursor.count(), weight * cursor.impact(), scratch.scores);
        }
    }

    /**
     * Adds a contribution to the scores of a tier's documents. No SIMD twin: gather and scatter were measured to be no
     * faster than plain loads and stores.
     */
    static void add(MemorySegment postings, long docIdsOffset, int count, int contribution, int[] scores) {
        for (int i = 0; i < count; i++) {
            scores[docId(postings, docIdsOffset, i)] += contribution;
        }
    }

    /** The docId at {@code i} of a tier. */
    static int docId(MemorySegment postings, long docIdsOffset, int i) {
        return postings.get(DOC_ID, docIdsOffset + (long) i * Integer.BYTES);
    }
}
