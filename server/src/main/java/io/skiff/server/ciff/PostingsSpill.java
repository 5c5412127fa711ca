package io.skiff.server.ciff;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Turns postings that come term by term into postings document by document, through temporary files: one for every
 * range of documents, of which one at a time is sorted in memory.
 *
 * <p>Memory is bounded by the postings of {@value #RANGE_DOCUMENTS} documents (more from {@value #MOST_RANGES} times as
 * many on), 20 bytes each; the disk holds 12 bytes for every posting.
 */
final class PostingsSpill implements AutoCloseable {
    static final int RANGE_DOCUMENTS = 1 << 13;
    static final int MOST_RANGES = 1 << 9;

    private static final int BUFFER_BYTES = 1 << 14;
    private static final int RECORD_BYTES = 3 * Integer.BYTES;

    private final Path folder;
    private final int rangeShift;
    /** One per range, opened with its first posting: the number of documents is only what a header claims. */
    private final DataOutputStream[] ranges;

    private int loadedRange = -1;
    /** Where each document of the loaded range starts in the next two. */
    private int[] starts = {};

    private int[] terms = {};
    private int[] frequencies = {};

    PostingsSpill(Path parent, int documents) throws IOException {
        folder = Files.createTempDirectory(parent, ".ciff");
        int shift = Integer.numberOfTrailingZeros(RANGE_DOCUMENTS);
        while (documents >>> shift >= MOST_RANGES) {
            shift++;
        }
        rangeShift = shift;
        ranges = new DataOutputStream[(documents >>> shift) + 1];
    }

    private Path file(int range) {
        return folder.resolve(Integer.toString(range));
    }

    /** Adds a posting; those of one document must come by ascending term. */
    void add(int docId, int term, int frequency) throws IOException {
        DataOutputStream out = range(docId >>> rangeShift);
        out.writeInt(docId);
        out.writeInt(term);
        out.writeInt(frequency);
    }

    private DataOutputStream range(int range) throws IOException {
        if (ranges[range] == null) {
            ranges[range] =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(range)), BUFFER_BYTES));
        }
        return ranges[range];
    }

    /** Ends adding. */
    void flush() throws IOException {
        for (DataOutputStream range : ranges) {
            if (range != null) {
                range.close();
            }
        }
    }

    /** What takes the postings of a document. */
    interface Postings {
        void add(int term, int frequency);
    }

    /** Hands over the postings of a document by ascending term; documents are to be asked for in order. */
    void forEach(int docId, Postings postings) throws IOException {
        if (docId >>> rangeShift != loadedRange) {
            load(docId >>> rangeShift);
        }
        int local = docId - (loadedRange << rangeShift);
        for (int i = starts[local]; i < starts[local + 1]; i++) {
            postings.add(terms[i], frequencies[i]);
        }
    }

    private void load(int range) throws IOException {
        long bytes = ranges[range] == null ? 0 : Files.size(file(range));
        if (bytes > Integer.MAX_VALUE) {
            throw new IOException((1 << rangeShift) + " consecutive documents have " + bytes / RECORD_BYTES
                    + " postings, more than the " + Integer.MAX_VALUE / RECORD_BYTES + " that are sorted in memory");
        }
        ByteBuffer records = ByteBuffer.wrap(bytes == 0 ? new byte[0] : Files.readAllBytes(file(range)));
        Files.deleteIfExists(file(range));
        int first = range << rangeShift;
        int count = records.capacity() / RECORD_BYTES;
        starts = new int[(1 << rangeShift) + 2];
        for (int i = 0; i < count; i++) {
            starts[records.getInt(i * RECORD_BYTES) - first + 2]++;
        }
        for (int d = 2; d < starts.length; d++) {
            starts[d] += starts[d - 1];
        }
        // starts[d + 1] is where document d goes on, and in the end where it ends and the next one starts.
        terms = new int[count];
        frequencies = new int[count];
        while (records.hasRemaining()) {
            int slot = starts[records.getInt() - first + 1]++;
            terms[slot] = records.getInt();
            frequencies[slot] = records.getInt();
        }
        loadedRange = range;
    }

    @Override
    public void close() throws IOException {
        flush();
        for (int range = 0; range < ranges.length; range++) {
            Files.deleteIfExists(file(range));
        }
        Files.deleteIfExists(folder);
    }
}
