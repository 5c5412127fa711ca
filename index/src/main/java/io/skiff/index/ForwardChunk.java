package io.skiff.index;

import java.util.Arrays;

/**
 * Postings of consecutive documents as they came: terms by their numbers, weights as given. It holds whole blocks of 8
 * documents, the last chunk of a segment excepted.
 */
final class ForwardChunk {
    final int firstDocId;
    int[] terms;
    float[] weights;
    /** Where the postings of each document end. */
    int[] ends;

    int postingCount;
    int documentCount;

    ForwardChunk(int firstDocId, int postingCapacity, int documentCapacity) {
        this.firstDocId = firstDocId;
        terms = new int[postingCapacity];
        weights = new float[postingCapacity];
        ends = new int[documentCapacity];
    }

    void add(int term, float weight) {
        if (postingCount == terms.length) {
            int capacity = Math.max(16, Math.addExact(postingCount, postingCount >> 1));
            terms = Arrays.copyOf(terms, capacity);
            weights = Arrays.copyOf(weights, capacity);
        }
        terms[postingCount] = term;
        weights[postingCount++] = weight;
    }

    void endDocument() {
        if (documentCount == ends.length) {
            ends = Arrays.copyOf(ends, Math.max(16, 2 * documentCount));
        }
        ends[documentCount++] = postingCount;
    }

    /** An empty chunk for the documents behind, with the arrays of this one, which is used up. */
    ForwardChunk next() {
        ForwardChunk next = new ForwardChunk(firstDocId + documentCount, 0, 0);
        next.terms = terms;
        next.weights = weights;
        next.ends = ends;
        return next;
    }

    int start(int document) {
        return document == 0 ? 0 : ends[document - 1];
    }
}
