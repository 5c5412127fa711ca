package io.skiff.index;

import java.util.ArrayList;
import java.util.List;

/**
 * The postings of a build by document, as they came: 8 bytes each, on the heap.
 *
 * <p>Terms are numbered in order of appearance here; {@link SegmentWriter} turns this around into postings by term.
 */
final class PostingsBuffer {
    /** Told every posting, documents ascending. */
    interface Visitor {
        void posting(int document, int term, float weight);
    }

    private static final int CHUNK_SHIFT = 16;
    private static final int CHUNK_SIZE = 1 << CHUNK_SHIFT;

    private final List<int[]> terms = new ArrayList<>();
    private final List<float[]> weights = new ArrayList<>();
    private final List<int[]> documentSizes = new ArrayList<>();
    private long postingCount;
    private int documentCount;
    private long documentStart;

    /** Adds a posting to the current document. */
    void add(int term, float weight) {
        int position = (int) postingCount & (CHUNK_SIZE - 1);
        if (position == 0) {
            terms.add(new int[CHUNK_SIZE]);
            weights.add(new float[CHUNK_SIZE]);
        }
        terms.getLast()[position] = term;
        weights.getLast()[position] = weight;
        postingCount++;
    }

    /** Ends the current document, which may have no postings. */
    void endDocument() {
        int position = documentCount & (CHUNK_SIZE - 1);
        if (position == 0) {
            documentSizes.add(new int[CHUNK_SIZE]);
        }
        documentSizes.getLast()[position] = (int) (postingCount - documentStart);
        documentStart = postingCount;
        documentCount++;
    }

    int documentCount() {
        return documentCount;
    }

    long postingCount() {
        return postingCount;
    }

    /** Lets go of everything. */
    void clear() {
        terms.clear();
        weights.clear();
        documentSizes.clear();
        postingCount = 0;
        documentCount = 0;
        documentStart = 0;
    }

    /** Goes through all postings. */
    void forEach(Visitor visitor) {
        long next = 0;
        for (int document = 0; document < documentCount; document++) {
            int size = documentSizes.get(document >> CHUNK_SHIFT)[document & (CHUNK_SIZE - 1)];
            for (long end = next + size; next < end; next++) {
                int chunk = (int) (next >> CHUNK_SHIFT);
                int position = (int) next & (CHUNK_SIZE - 1);
                visitor.posting(document, terms.get(chunk)[position], weights.get(chunk)[position]);
            }
        }
    }
}
