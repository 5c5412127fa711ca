package io.skiff.scoring;

import io.skiff.index.PostingsCursor;
import io.skiff.index.PostingsIterator;
import io.skiff.index.SegmentReader;
import io.skiff.index.columns.DocBits;
import java.util.Arrays;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Finds the documents of a segment that have tokens, without scoring them: for filters. Deleted ones are among them. */
public final class TokenMatches {
    private static final int WINDOW = WindowScores.DOCUMENTS;

    /** Where fewer than one document in so many has a term, its postings are read one by one. */
    private static final int RARE = 64;

    private static final Queue<int[]> IDLE = new ConcurrentLinkedQueue<>();

    private TokenMatches() {}

    /**
     * The documents that have so many of some tokens of a field.
     *
     * @param tokens distinct
     * @param minimum 1 or more
     * @return the caller's to change
     */
    public static DocBits atLeast(int minimum, SegmentReader segment, String field, Collection<String> tokens) {
        DocBits found = DocBits.none(segment.documentCount());
        SegmentTerms terms = new SegmentTerms();
        terms.clear();
        for (String token : tokens) {
            int termId = segment.termId(field, token);
            if (termId >= 0) {
                // All of the same weight: what a term's impacts are does not matter here.
                terms.add(termId, 1, segment.largestImpact(termId), segment.documentFrequency(termId));
            }
        }
        if (terms.count() < minimum) {
            return found;
        }
        if (minimum <= 1 && terms.postingCount() < segment.documentCount() / RARE) {
            PostingsIterator postings = new PostingsIterator();
            for (int i = 0; i < terms.count(); i++) {
                collect(segment, terms.termId(i), postings, found);
            }
            return found;
        }
        int[] counts = IDLE.poll();
        if (counts == null) {
            counts = new int[WINDOW];
        }
        if (segment.hasPostings()) {
            countPostings(minimum, segment, terms, counts, found);
        } else if (minimum <= 1) {
            sumRecords(segment, terms, counts, found);
        } else {
            countWalks(minimum, segment, terms, counts, found);
        }
        // Not in a finally block: what a failure leaves behind must not be used again.
        IDLE.add(counts);
        return found;
    }

    private static void collect(SegmentReader segment, int termId, PostingsIterator postings, DocBits into) {
        postings.reset(segment, termId);
        while (postings.next()) {
            into.set(postings.docId());
        }
    }

    /** Window by window, so that the counts stay in the cache. */
    private static void countPostings(
            int minimum, SegmentReader segment, SegmentTerms terms, int[] counts, DocBits into) {
        PostingsCursor cursor = new PostingsCursor();
        for (int first = 0; first < segment.documentCount(); first += WINDOW) {
            int size = Math.min(WINDOW, segment.documentCount() - first);
            boolean found = false;
            for (int i = 0; i < terms.count(); i++) {
                found |= count(segment, terms.termId(i), first, size, cursor, counts);
            }
            if (found) {
                take(minimum, first, size, counts, into);
            }
        }
    }

    private static boolean count(
            SegmentReader segment, int termId, int first, int size, PostingsCursor cursor, int[] counts) {
        cursor.reset(segment, termId);
        if (!cursor.toWindow(first / WINDOW)) {
            return false;
        }
        try {
            while (cursor.nextTier()) {
                int last = cursor.impact() > 0
                        ? ExhaustiveScorer.addTier(segment.postings(), cursor, 1, counts)
                        : TierKernels.countMixed(
                                segment.postings(),
                                cursor.gapsOffset(),
                                cursor.gapBits(),
                                cursor.impactsOffset(),
                                cursor.entryCount(),
                                counts);
                if (last >= size) {
                    throw segment.postingsDamaged("has docId " + last + " in a window of " + size + " documents");
                }
            }
            return true;
        } catch (ArrayIndexOutOfBoundsException e) {
            throw segment.postingsDamaged("has a docId outside of a window of " + size + ": " + e.getMessage());
        }
    }

    /** A document has one of the terms where their impacts sum to more than 0. */
    private static void sumRecords(SegmentReader segment, SegmentTerms terms, int[] sums, DocBits into) {
        RecordScores records = new RecordScores();
        records.reset(segment, terms);
        for (int first = 0; first < segment.documentCount(); first += WINDOW) {
            int size = Math.min(WINDOW, segment.documentCount() - first);
            records.add(first, size, null, sums);
            take(1, first, size, sums, into);
        }
    }

    private static void countWalks(int minimum, SegmentReader segment, SegmentTerms terms, int[] counts, DocBits into) {
        TermWalks walks = new TermWalks();
        walks.reset(segment, terms);
        for (int first = 0; first < segment.documentCount(); first += WINDOW) {
            int start = first;
            int size = Math.min(WINDOW, segment.documentCount() - first);
            walks.forEach(start, start + size, (term, docId, impact) -> counts[docId - start]++);
            take(minimum, first, size, counts, into);
        }
    }

    /** Takes the documents that have enough, and clears the counts. */
    private static void take(int minimum, int first, int size, int[] counts, DocBits into) {
        long[] words = into.words();
        for (int start = 0; start < size; start += Long.SIZE) {
            int end = Math.min(size, start + Long.SIZE);
            long word = 0;
            for (int i = start; i < end; i++) {
                // The sign of the difference, without a branch that nobody could predict.
                word |= ((long) (minimum - 1 - counts[i]) >>> (Long.SIZE - 1)) << i;
            }
            words[(first + start) / Long.SIZE] |= word;
        }
        Arrays.fill(counts, 0, size, 0);
    }

    /**
     * The documents that have any token of a field, for which every posting of the field is read.
     *
     * @return the caller's to change
     */
    public static DocBits any(SegmentReader segment, String field) {
        DocBits found = DocBits.none(segment.documentCount());
        PostingsIterator postings = new PostingsIterator();
        int left = segment.termCount(field);
        boolean onlyField = left == segment.termCount();
        for (int termId = 0; left > 0; termId++) {
            if (onlyField || segment.termId(field, segment.token(termId)) == termId) {
                collect(segment, termId, postings, found);
                left--;
            }
        }
        return found;
    }
}
