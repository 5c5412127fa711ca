package io.skiff.index;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The postings of a build by document, in chunks; what is over the limit of memory is on disk. */
final class ForwardStore implements Closeable {
    /** Chunks end with a block, so that blocks can be made of one chunk alone. */
    private static final int CHUNK_DOCUMENTS = 8;

    private record Spilled(int firstDocId, int postingCount, int documentCount, long terms, long weights, long ends) {}

    private final Path folder;
    private final int chunkPostings;
    private final long heapPostings;
    private final TermCounts counts;
    // By chunk: a ForwardChunk, or where it is on disk; null once it was taken.
    private final List<Object> chunks = new ArrayList<>();
    private ForwardChunk current;
    private SpillFile file;
    private long postingCount;
    private long heldPostings;
    private int documentCount;

    /**
     * An empty store.
     *
     * @param chunkPostings when to start another chunk
     * @param heapPostings how many to keep on the heap, 8 bytes each
     */
    ForwardStore(Path folder, int chunkPostings, long heapPostings, TermCounts counts) {
        this.folder = folder;
        this.chunkPostings = chunkPostings;
        this.heapPostings = heapPostings;
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
    int finish() throws IOException {
        if (current.documentCount > 0) {
            endChunk();
        }
        return chunks.size();
    }

    private void endChunk() throws IOException {
        counts.add(current);
        if (heldPostings + current.postingCount <= heapPostings) {
            heldPostings += current.postingCount;
            chunks.add(current);
            current = new ForwardChunk(documentCount, Math.min(current.postingCount, chunkPostings), 0);
        } else {
            chunks.add(spill(current));
            ForwardChunk next = new ForwardChunk(documentCount, 0, 0);
            next.terms = current.terms;
            next.weights = current.weights;
            next.ends = current.ends;
            current = next;
        }
    }

    private Spilled spill(ForwardChunk chunk) throws IOException {
        if (file == null) {
            file = new SpillFile(folder.resolve("documents.spilled"));
        }
        long ints = (long) chunk.postingCount * Integer.BYTES;
        return new Spilled(
                chunk.firstDocId,
                chunk.postingCount,
                chunk.documentCount,
                file.append(MemorySegment.ofArray(chunk.terms).asSlice(0, ints)),
                file.append(MemorySegment.ofArray(chunk.weights).asSlice(0, ints)),
                file.append(MemorySegment.ofArray(chunk.ends).asSlice(0, (long) chunk.documentCount * Integer.BYTES)));
    }

    /** A chunk, which the store then lets go of. Safe for use by several threads. */
    ForwardChunk take(int index) throws IOException {
        Object stored;
        synchronized (chunks) {
            stored = chunks.set(index, null);
        }
        return stored instanceof Spilled spilled ? load(spilled) : (ForwardChunk) stored;
    }

    private ForwardChunk load(Spilled spilled) throws IOException {
        ForwardChunk chunk = new ForwardChunk(spilled.firstDocId, spilled.postingCount, spilled.documentCount);
        file.read(spilled.terms, MemorySegment.ofArray(chunk.terms));
        file.read(spilled.weights, MemorySegment.ofArray(chunk.weights));
        file.read(spilled.ends, MemorySegment.ofArray(chunk.ends));
        chunk.postingCount = spilled.postingCount;
        chunk.documentCount = spilled.documentCount;
        return chunk;
    }

    /** Lets go of everything. */
    @Override
    public void close() throws IOException {
        chunks.clear();
        current = new ForwardChunk(0, 0, 0);
        if (file != null) {
            file.close();
        }
    }
}
