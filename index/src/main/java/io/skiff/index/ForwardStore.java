package io.skiff.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The postings of a build by document, in chunks; all but the last are outside of the heap. */
final class ForwardStore {
    /** Chunks end with a block, so that blocks can be made of one chunk alone. */
    private static final int CHUNK_DOCUMENTS = 8;

    private record Held(int firstDocId, int postingCount, int documentCount, long terms, long weights, long ends) {}

    private final HeldArrays arrays;
    private final int chunkPostings;
    private final TermCounts counts;
    private final List<Held> chunks = new ArrayList<>();
    // Behind those; null once it was taken.
    private ForwardChunk current;
    private long postingCount;
    private int documentCount;

    /**
     * An empty store.
     *
     * @param arrays where chunks go
     * @param chunkPostings when to start another chunk
     */
    ForwardStore(HeldArrays arrays, int chunkPostings, TermCounts counts) {
        this.arrays = arrays;
        this.chunkPostings = chunkPostings;
        this.counts = counts;
        this.current = new ForwardChunk(0, 0, 0);
    }

    /** Makes room for so many postings, or a chunk of them, while there are none. */
    void expect(long postings) {
        current = new ForwardChunk(0, (int) Math.min(postings, chunkPostings), 0);
    }

    void add(int term, float weight) {
        current.add(term, weight);
        postingCount++;
    }

    /** Ends the current document, which may have no postings. */
    void endDocument() throws IOException {
        current.endDocument();
        documentCount++;
        if (current.postingCount >= chunkPostings && documentCount % CHUNK_DOCUMENTS == 0) {
            endChunk();
        }
    }

    int documentCount() {
        return documentCount;
    }

    long postingCount() {
        return postingCount;
    }

    /** Ends the last chunk; returns how many there are. */
    int finish() {
        counts.add(current);
        return chunks.size() + (current.documentCount > 0 ? 1 : 0);
    }

    /** Puts the chunk away; its arrays are used again for the next. */
    private void endChunk() throws IOException {
        counts.add(current);
        long ints = (long) current.postingCount * Integer.BYTES;
        chunks.add(new Held(
                current.firstDocId,
                current.postingCount,
                current.documentCount,
                arrays.add(MemorySegment.ofArray(current.terms).asSlice(0, ints)),
                arrays.add(MemorySegment.ofArray(current.weights).asSlice(0, ints)),
                arrays.add(
                        MemorySegment.ofArray(current.ends).asSlice(0, (long) current.documentCount * Integer.BYTES))));
        current = current.next();
    }

    /** A chunk, once. Safe for use by several threads. */
    ForwardChunk take(int index) throws IOException {
        if (index == chunks.size()) {
            ForwardChunk last = current;
            current = null;
            return last;
        }
        Held held = chunks.get(index);
        ForwardChunk chunk = new ForwardChunk(held.firstDocId, held.postingCount, held.documentCount);
        arrays.read(held.terms, 0, MemorySegment.ofArray(chunk.terms));
        arrays.read(held.weights, 0, MemorySegment.ofArray(chunk.weights));
        arrays.read(held.ends, 0, MemorySegment.ofArray(chunk.ends));
        chunk.postingCount = held.postingCount;
        chunk.documentCount = held.documentCount;
        return chunk;
    }
}
