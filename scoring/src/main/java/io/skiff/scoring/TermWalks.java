package io.skiff.scoring;

import io.skiff.index.PostingsIterator;
import io.skiff.index.SegmentReader;

/**
 * Walks over the postings of several terms, window of documents by window, however the segment keeps them. Windows come in
 * ascending order; an earlier one than the last means to begin again.
 */
final class TermWalks {
    /** Told of a posting; {@code term} is the position of its term. */
    interface Visitor {
        void visit(int term, int docId, int impact);
    }

    private SegmentReader segment;
    private int[] termIds = {};
    private PostingsIterator[] postings = {};
    /** Whether the iterator waits at a posting that was not visited yet. */
    private boolean[] waits = {};

    private int count;
    private int nextDocId;

    /** Before the first posting of each term. */
    void reset(SegmentReader newSegment, SegmentTerms terms) {
        segment = newSegment;
        count = terms.count();
        termIds = new int[count];
        for (int i = 0; i < count; i++) {
            termIds[i] = terms.termId(i);
        }
        if (postings.length < count) {
            postings = new PostingsIterator[count];
            waits = new boolean[count];
        }
        rewind();
    }

    private void rewind() {
        for (int i = 0; i < count; i++) {
            if (postings[i] == null) {
                postings[i] = new PostingsIterator();
            }
            postings[i].reset(segment, termIds[i]);
            waits[i] = postings[i].next();
        }
        nextDocId = 0;
    }

    /** Visits the postings of a window: of documents {@code from}, a multiple of the windows' size, to {@code to}, exclusive. */
    void forEach(int from, int to, Visitor visitor) {
        if (from < nextDocId) {
            rewind();
        }
        nextDocId = to;
        for (int i = 0; i < count; i++) {
            while (waits[i] && postings[i].docId() < to) {
                if (postings[i].docId() >= from) {
                    visitor.visit(i, postings[i].docId(), postings[i].impact());
                }
                waits[i] = postings[i].next();
            }
        }
    }
}
