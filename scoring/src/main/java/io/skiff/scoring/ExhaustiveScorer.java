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

    private final Kernels kernels;

    ExhaustiveScorer(Kernels kernels) {
        this.kernels = kernels;
    }

    /**
     * Offers the segment's documents to {@code scratch.topK} and returns the number of those that match.
     *
     * @param firstOrdinal documents in the segments before
     */
    long score(SegmentReader segment, long firstOrdinal, SegmentTerms terms, Scratch scratch) {
        if (terms.count() == 0) {
            return 0;
        }
        for (int i = 0; i < terms.count(); i++) {
            accumulate(segment, terms.termId(i), terms.weight(i), scratch);
        }
        return collect(segment.documentCount(), firstOrdinal, scratch);
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

    /** Scans the scores window by window, so that the threshold rises on the way, and clears them. */
    private long collect(int documentCount, long firstOrdinal, Scratch scratch) {
        int[] scores = scratch.scores;
        int[] candidates = scratch.candidates;
        TopK topK = scratch.topK;
        long matches = 0;
        for (int from = 0, to; from < documentCount; from = to) {
            to = from + Math.min(Scratch.WINDOW, documentCount - from);
            long counts = kernels.scan(scores, from, to, topK.threshold(), candidates);
            for (int i = 0; i < Kernels.candidateCount(counts); i++) {
                int docId = candidates[i];
                topK.offer(TopK.key(scores[docId], firstOrdinal + docId));
            }
            if (Kernels.matchCount(counts) > 0) {
                Arrays.fill(scores, from, to, 0);
                matches += Kernels.matchCount(counts);
            }
        }
        return matches;
    }
}
