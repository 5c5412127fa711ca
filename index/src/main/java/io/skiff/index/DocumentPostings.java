package io.skiff.index;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.RecordPostings;
import java.io.IOException;
import java.util.Arrays;

/**
 * The postings of a segment by document, in the order of documents: read from block records, or, in a segment without
 * them, turned from postings by term, a range of documents at a time.
 */
final class DocumentPostings {
    /** Told the postings of every document; the arrays are used again. */
    interface Visitor {
        /** A document, with postings {@code from} to {@code to}, exclusive. */
        void document(int docId, int[] termIds, byte[] impacts, int from, int to) throws IOException;
    }

    /** So many are in memory at once, 5 bytes each, unless one document has more. */
    private static final int MOST_POSTINGS = 1 << 21;

    private final SegmentReader segment;
    private final int mostPostings;
    private int firstDocId;
    // Of the documents that are told next, by document.
    private int[] termIds = {};
    private byte[] impacts = {};
    private int[] ends = {};
    // Of a block, as they are read.
    private int count;
    private int[] readDocuments = new int[1024];
    private int[] readTermIds = new int[1024];
    private byte[] readImpacts = new byte[1024];

    DocumentPostings(SegmentReader segment) {
        this(segment, MOST_POSTINGS);
    }

    /** With so many in memory at once. */
    DocumentPostings(SegmentReader segment, int mostPostings) {
        this.segment = segment;
        this.mostPostings = mostPostings;
    }

    /** Tells all documents, those without postings and deleted ones included. */
    void forEach(Visitor visitor) throws IOException {
        if (segment.blockMax() != null) {
            forEachBlock(segment.blockMax(), visitor);
        } else {
            forEachRange(visitor);
        }
    }

    private void forEachBlock(BlockMaxReader blocks, Visitor visitor) throws IOException {
        RecordPostings records = new RecordPostings(blocks);
        for (int block = 0; block < blocks.blockCount(); block++) {
            int first = block << blocks.blockShift();
            firstDocId = first;
            count = 0;
            try {
                records.forEach(block, this::add);
            } catch (IndexOutOfBoundsException e) {
                throw segment.blockMaxDamaged(e);
            }
            int end = Math.min(first + (1 << blocks.blockShift()), segment.documentCount());
            sortBlock(end - first);
            tell(end - first, visitor);
        }
    }

    private void add(int termId, int docId, int impact) {
        if (count == readDocuments.length) {
            int capacity = Math.addExact(count, count);
            readDocuments = Arrays.copyOf(readDocuments, capacity);
            readTermIds = Arrays.copyOf(readTermIds, capacity);
            readImpacts = Arrays.copyOf(readImpacts, capacity);
        }
        readDocuments[count] = docId - firstDocId;
        readTermIds[count] = termId;
        readImpacts[count++] = (byte) impact;
    }

    /** A counting sort by document, which keeps the order of terms. */
    private void sortBlock(int documents) {
        int[] counts = new int[documents];
        for (int i = 0; i < count; i++) {
            counts[readDocuments[i]]++;
        }
        makeRoom(counts, 0, documents);
        for (int i = 0; i < count; i++) {
            int position = ends[readDocuments[i]]++;
            termIds[position] = readTermIds[i];
            impacts[position] = readImpacts[i];
        }
    }

    /** Reads all postings once to count them, and once for each range of documents. */
    private void forEachRange(Visitor visitor) throws IOException {
        int documentCount = segment.documentCount();
        int[] counts = new int[documentCount];
        forEachPostingOf(0, documentCount, (termId, docId, impact) -> counts[docId]++);
        for (int first = 0, end = 0; first < documentCount; first = end) {
            long postings = 0;
            while (end < documentCount && (end == first || postings + counts[end] <= mostPostings)) {
                postings += counts[end++];
            }
            firstDocId = first;
            makeRoom(counts, first, end);
            forEachPostingOf(first, end, (termId, docId, impact) -> {
                int position = ends[docId - firstDocId]++;
                termIds[position] = termId;
                impacts[position] = (byte) impact;
            });
            tell(end - first, visitor);
        }
    }

    /** Takes postings one by one. */
    private interface PostingConsumer {
        void accept(int termId, int docId, int impact);
    }

    private void forEachPostingOf(int first, int end, PostingConsumer consumer) {
        PostingsIterator postings = new PostingsIterator();
        for (int termId = 0; termId < segment.termCount(); termId++) {
            postings.reset(segment, termId);
            while (postings.next()) {
                if (postings.docId() >= first && postings.docId() < end) {
                    consumer.accept(termId, postings.docId(), postings.impact());
                }
            }
        }
    }

    /** Room for the postings of documents; each document ends where it starts, as long as it has none. */
    private void makeRoom(int[] counts, int first, int end) {
        if (ends.length < end - first) {
            ends = new int[end - first];
        }
        int start = 0;
        for (int docId = first; docId < end; docId++) {
            ends[docId - first] = start;
            start = Math.addExact(start, counts[docId]);
        }
        if (termIds.length < start) {
            // As much as all will need, or a block that has a few more.
            int capacity = Math.max(start, end - first < counts.length ? mostPostings : readTermIds.length);
            termIds = new int[capacity];
            impacts = new byte[capacity];
        }
    }

    private void tell(int documents, Visitor visitor) throws IOException {
        for (int document = 0; document < documents; document++) {
            int from = document == 0 ? 0 : ends[document - 1];
            visitor.document(firstDocId + document, termIds, impacts, from, ends[document]);
        }
    }
}
