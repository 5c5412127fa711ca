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

    private static final int RANGE_DOCUMENTS = 1 << 16;

    private final SegmentReader segment;
    private int firstDocId;
    private int count;
    private int[] docIds = new int[1024];
    private int[] termIds = new int[1024];
    private byte[] impacts = new byte[1024];
    private int[] sortedTermIds = {};
    private byte[] sortedImpacts = {};
    private int[] ends = {};

    DocumentPostings(SegmentReader segment) {
        this.segment = segment;
    }

    /** Tells all documents, those without postings and deleted ones included. */
    void forEach(Visitor visitor) throws IOException {
        if (segment.blockMax() != null) {
            forEachBlock(segment.blockMax(), visitor);
        } else {
            for (int first = 0; first < segment.documentCount(); first += RANGE_DOCUMENTS) {
                readRange(first, Math.min(first + RANGE_DOCUMENTS, segment.documentCount()), visitor);
            }
        }
    }

    private void forEachBlock(BlockMaxReader blocks, Visitor visitor) throws IOException {
        RecordPostings records = new RecordPostings(blocks);
        for (int block = 0; block < blocks.blockCount(); block++) {
            int first = block << blocks.blockShift();
            start(first);
            try {
                records.forEach(block, this::add);
            } catch (IndexOutOfBoundsException e) {
                throw segment.blockMaxDamaged(e);
            }
            tell(Math.min(first + (1 << blocks.blockShift()), segment.documentCount()), visitor);
        }
    }

    private void readRange(int first, int end, Visitor visitor) throws IOException {
        start(first);
        PostingsIterator postings = new PostingsIterator();
        for (int termId = 0; termId < segment.termCount(); termId++) {
            postings.reset(segment, termId);
            while (postings.next()) {
                if (postings.docId() >= first && postings.docId() < end) {
                    add(termId, postings.docId(), postings.impact());
                }
            }
        }
        tell(end, visitor);
    }

    private void start(int first) {
        firstDocId = first;
        count = 0;
    }

    private void add(int termId, int docId, int impact) {
        if (count == docIds.length) {
            int capacity = Math.addExact(count, count);
            docIds = Arrays.copyOf(docIds, capacity);
            termIds = Arrays.copyOf(termIds, capacity);
            impacts = Arrays.copyOf(impacts, capacity);
        }
        docIds[count] = docId - firstDocId;
        termIds[count] = termId;
        impacts[count++] = (byte) impact;
    }

    /** A counting sort by document, which keeps the order of terms. */
    private void tell(int end, Visitor visitor) throws IOException {
        int documents = end - firstDocId;
        ends = Arrays.copyOf(ends, Math.max(ends.length, documents));
        if (sortedTermIds.length < count) {
            sortedTermIds = new int[docIds.length];
            sortedImpacts = new byte[docIds.length];
        }
        Arrays.fill(ends, 0, documents, 0);
        for (int i = 0; i < count; i++) {
            ends[docIds[i]]++;
        }
        for (int document = 0, start = 0; document < documents; document++) {
            int next = start + ends[document];
            ends[document] = start;
            start = next;
        }
        for (int i = 0; i < count; i++) {
            int position = ends[docIds[i]]++;
            sortedTermIds[position] = termIds[i];
            sortedImpacts[position] = impacts[i];
        }
        for (int document = 0; document < documents; document++) {
            int from = document == 0 ? 0 : ends[document - 1];
            visitor.document(firstDocId + document, sortedTermIds, sortedImpacts, from, ends[document]);
        }
    }
}
