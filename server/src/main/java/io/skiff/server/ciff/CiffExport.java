package io.skiff.server.ciff;

import io.skiff.index.FieldInfo;
import io.skiff.index.IndexReader;
import io.skiff.index.PostingsIterator;
import io.skiff.index.SegmentReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Writes a field of an index as a CIFF file: impacts as term frequencies, terms in order of their names, documents in
 * order of insertion. Memory holds the names of the terms, a length per document and the longest list of postings.
 */
public final class CiffExport {
    private static final int IMPACT_BITS = 8;
    private static final int IMPACT_MASK = 0xFF;
    private static final int BUFFER_BYTES = 1 << 16;

    private final IndexReader reader;
    private final FieldInfo field;
    private final String[] terms;
    private final int[] lengths;
    private final PostingsIterator iterator = new PostingsIterator();
    private final ProtoBuffer message = new ProtoBuffer();
    /** The postings of the current term: docId in the index, impact. */
    private long[] postings = new long[1 << 10];

    private int postingCount;

    private CiffExport(IndexReader reader, FieldInfo field) {
        this.reader = reader;
        this.field = field;
        this.terms = terms(reader, field.name());
        this.lengths = new int[Math.toIntExact(reader.documentCount())];
    }

    /**
     * Writes a file aside and renames it.
     *
     * @param progress told the terms written so far
     * @return the terms written
     * @throws IllegalArgumentException if the index has more than 2^31-1 documents
     */
    public static int run(IndexReader reader, FieldInfo field, Path file, LongConsumer progress) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".tmp");
        CiffExport export = new CiffExport(reader, field);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(aside), BUFFER_BYTES)) {
                export.write(out, progress);
            }
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
        return export.terms.length;
    }

    private static String[] terms(IndexReader reader, String field) {
        TreeSet<String> terms = new TreeSet<>();
        for (SegmentReader segment : reader.segments()) {
            for (int termId = 0; termId < segment.termCount(); termId++) {
                String token = segment.token(termId);
                if (segment.termId(field, token) == termId) {
                    terms.add(token);
                }
            }
        }
        return terms.toArray(String[]::new);
    }

    private void write(OutputStream out, LongConsumer progress) throws IOException {
        writeHeader(out, totalImpact());
        for (int i = 0; i < terms.length; i++) {
            writeList(out, terms[i]);
            progress.accept(i + 1);
        }
        int docId = 0;
        for (SegmentReader segment : reader.segments()) {
            for (int local = 0; local < segment.documentCount(); local++) {
                message.number(CiffFields.RECORD_DOCID, docId);
                message.text(CiffFields.RECORD_COLLECTION_DOCID, segment.externalId(local));
                message.number(CiffFields.RECORD_LENGTH, lengths[docId++]);
                message.writeTo(out);
            }
        }
    }

    private long totalImpact() {
        long total = 0;
        for (SegmentReader segment : reader.segments()) {
            for (String term : terms) {
                int termId = segment.termId(field.name(), term);
                if (termId >= 0) {
                    iterator.reset(segment, termId);
                    while (iterator.next()) {
                        total += iterator.impact();
                    }
                }
            }
        }
        return total;
    }

    private void writeHeader(OutputStream out, long totalImpact) throws IOException {
        message.number(CiffFields.HEADER_VERSION, CiffFields.VERSION);
        message.number(CiffFields.HEADER_LISTS, terms.length);
        message.number(CiffFields.HEADER_DOCUMENTS, lengths.length);
        message.number(CiffFields.HEADER_ALL_LISTS, terms.length);
        message.number(CiffFields.HEADER_ALL_DOCUMENTS, lengths.length);
        message.number(CiffFields.HEADER_ALL_TERMS, totalImpact);
        message.real(CiffFields.HEADER_MEAN_LENGTH, lengths.length == 0 ? 0 : (double) totalImpact / lengths.length);
        message.text(
                CiffFields.HEADER_DESCRIPTION,
                "Skiff, field '" + field.name() + "': impacts as term frequencies, one standing for a weight of "
                        + field.quantizer().scale());
        message.writeTo(out);
    }

    private void writeList(OutputStream out, String term) throws IOException {
        collect(term);
        long impacts = 0;
        for (int i = 0; i < postingCount; i++) {
            impacts += postings[i] & IMPACT_MASK;
        }
        message.text(CiffFields.LIST_TERM, term);
        message.number(CiffFields.LIST_DF, postingCount);
        message.number(CiffFields.LIST_CF, impacts);
        int previous = 0;
        for (int i = 0; i < postingCount; i++) {
            int docId = (int) (postings[i] >>> IMPACT_BITS);
            int impact = (int) postings[i] & IMPACT_MASK;
            message.pair(
                    CiffFields.LIST_POSTING, CiffFields.POSTING_DOCID, docId - previous, CiffFields.POSTING_TF, impact);
            lengths[docId] += impact;
            previous = docId;
        }
        message.writeTo(out);
    }

    private void collect(String term) {
        postingCount = 0;
        int firstDocId = 0;
        List<SegmentReader> segments = reader.segments();
        for (SegmentReader segment : segments) {
            int termId = segment.termId(field.name(), term);
            if (termId >= 0) {
                addPostings(segment, termId, firstDocId);
            }
            firstDocId += segment.documentCount();
        }
        Arrays.sort(postings, 0, postingCount);
    }

    private void addPostings(SegmentReader segment, int termId, int firstDocId) {
        int count = segment.documentFrequency(termId);
        if (postings.length - postingCount < count) {
            postings = Arrays.copyOf(postings, Math.max(2 * postings.length, postingCount + count));
        }
        iterator.reset(segment, termId);
        while (iterator.next()) {
            postings[postingCount++] = ((long) firstDocId + iterator.docId()) << IMPACT_BITS | iterator.impact();
        }
    }
}
