package io.skiff.scoring;

import io.skiff.index.PostingsIterator;
import io.skiff.index.SegmentReader;
import io.skiff.index.columns.DocBits;
import java.util.Arrays;
import java.util.Collection;

/** Finds the documents of a segment that have tokens, without scoring them: for filters. Deleted ones are among them. */
public final class TokenMatches {
    private static final int WINDOW = WindowScores.DOCUMENTS;

    private TokenMatches() {}

    /**
     * The documents that have so many of some tokens of a field.
     *
     * @param tokens distinct, fewer than 32,768
     * @param minimum 1 or more
     * @return the caller's to change
     */
    public static DocBits atLeast(int minimum, SegmentReader segment, String field, Collection<String> tokens) {
        DocBits found = DocBits.none(segment.documentCount());
        int[] termIds = tokens.stream()
                .mapToInt(token -> segment.termId(field, token))
                .filter(termId -> termId >= 0)
                .toArray();
        if (termIds.length < minimum) {
            return found;
        }
        if (minimum <= 1) {
            PostingsIterator postings = new PostingsIterator();
            for (int termId : termIds) {
                collect(segment, termId, postings, found);
            }
        } else {
            count(minimum, segment, termIds, found);
        }
        return found;
    }

    private static void collect(SegmentReader segment, int termId, PostingsIterator postings, DocBits into) {
        postings.reset(segment, termId);
        while (postings.next()) {
            into.set(postings.docId());
        }
    }

    /** Window by window, so that the counts stay in the cache and take no more room than one window. */
    private static void count(int minimum, SegmentReader segment, int[] termIds, DocBits into) {
        TermWalks walks = new TermWalks();
        walks.reset(segment, termIds);
        short[] counts = new short[Math.min(WINDOW, segment.documentCount())];
        for (int first = 0; first < segment.documentCount(); first += WINDOW) {
            int start = first;
            int size = Math.min(WINDOW, segment.documentCount() - first);
            walks.forEach(start, start + size, (term, docId, impact) -> counts[docId - start]++);
            for (int i = 0; i < size; i++) {
                if (counts[i] >= minimum) {
                    into.set(first + i);
                }
            }
            Arrays.fill(counts, 0, size, (short) 0);
        }
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
