package io.skiff.index;

import io.skiff.index.blockmax.BlockEncoder;
import io.skiff.index.blockmax.BlockMaxPlan;
import java.util.Arrays;

/** Quantizes a chunk of documents and turns it into postings by term and records by block. Safe for several threads. */
final class ChunkTransposer {
    /**
     * What a chunk becomes.
     *
     * @param run its postings by term
     * @param records the records of its blocks one after the other; empty without block-max structures
     * @param recordLengths their lengths
     * @param saturatedCounts weights above the scale, by field
     */
    record Transposed(TermRun.Held run, byte[] records, int[] recordLengths, long[] saturatedCounts) {}

    private final SortedTerms terms;
    private final BlockMaxPlan blockMax;
    private final Quantizer[] quantizers;

    /** With the plan of the block-max structures, or null. */
    ChunkTransposer(SortedTerms terms, BlockMaxPlan blockMax) {
        this.terms = terms;
        this.blockMax = blockMax;
        this.quantizers = terms.fields().stream().map(FieldBuild::quantizer).toArray(Quantizer[]::new);
    }

    /** Uses up the chunk. */
    Transposed transpose(ForwardChunk chunk) {
        byte[] impacts = new byte[chunk.postingCount];
        long[] saturatedCounts = new long[quantizers.length];
        for (int i = 0; i < impacts.length; i++) {
            int termId = terms.termId(chunk.terms[i]);
            int field = terms.fieldOf(termId);
            float weight = chunk.weights[i];
            impacts[i] = (byte) quantizers[field].impact(weight);
            if (impacts[i] == (byte) Limits.MAX_IMPACT && quantizers[field].saturates(weight)) {
                saturatedCounts[field]++;
            }
            chunk.terms[i] = termId;
        }
        TermRun.Held run = run(chunk, impacts);
        if (blockMax == null) {
            return new Transposed(run, new byte[0], new int[0], saturatedCounts);
        }
        int[] recordLengths = new int[BlockMaxPlan.blockCount(chunk.documentCount, blockMax.blockShift())];
        return new Transposed(run, records(chunk, impacts, recordLengths), recordLengths, saturatedCounts);
    }

    /** A counting sort by term, which keeps the order of documents. */
    private TermRun.Held run(ForwardChunk chunk, byte[] impacts) {
        int[] starts = new int[terms.termCount() + 1];
        for (int i = 0; i < impacts.length; i++) {
            starts[chunk.terms[i] + 1]++;
        }
        for (int termId = 0; termId < terms.termCount(); termId++) {
            starts[termId + 1] += starts[termId];
        }
        int[] next = Arrays.copyOf(starts, terms.termCount());
        int[] docIds = new int[impacts.length];
        byte[] runImpacts = new byte[impacts.length];
        for (int document = 0; document < chunk.documentCount; document++) {
            for (int i = chunk.start(document); i < chunk.ends[document]; i++) {
                int position = next[chunk.terms[i]]++;
                docIds[position] = chunk.firstDocId + document;
                runImpacts[position] = impacts[i];
            }
        }
        return new TermRun.Held(starts, docIds, runImpacts);
    }

    private byte[] records(ForwardChunk chunk, byte[] impacts, int[] recordLengths) {
        BlockEncoder encoder = blockMax.newBlockEncoder();
        int blockDocuments = 1 << blockMax.blockShift();
        byte[] records = new byte[3 * impacts.length];
        int length = 0;
        for (int block = 0; block < recordLengths.length; block++) {
            int from = block * blockDocuments;
            int to = Math.min(from + blockDocuments, chunk.documentCount);
            for (int document = from; document < to; document++) {
                for (int i = chunk.start(document); i < chunk.ends[document]; i++) {
                    encoder.add(chunk.terms[i], document - from, Byte.toUnsignedInt(impacts[i]));
                }
            }
            int recordLength = encoder.encode();
            if (records.length - length < recordLength) {
                records = Arrays.copyOf(records, Math.max(2 * records.length, length + recordLength));
            }
            System.arraycopy(encoder.bytes(), 0, records, length, recordLength);
            recordLengths[block] = recordLength;
            length += recordLength;
        }
        return records;
    }
}
