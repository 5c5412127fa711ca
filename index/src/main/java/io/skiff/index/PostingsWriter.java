package io.skiff.index;

import java.io.IOException;

/**
 * Quantizes the postings of a build, turns them from document order into term and impact order, and writes them.
 *
 * <p>Works in waves of consecutive terms, each wave a pass over all postings, so that the memory needed beside the
 * postings themselves is bounded by the size of a wave, 5 bytes per posting.
 */
final class PostingsWriter {
    private static final int WAVE_POSTINGS = 1 << 25;

    private final PostingsBuffer postings;
    private final SortedTerms terms;
    private final int wavePostings;
    private final TermPostings written;
    private final Quantizer[] quantizers;
    private final long[] saturatedCounts;
    private int[] tierDocIds = new int[0];

    PostingsWriter(PostingsBuffer postings, SortedTerms terms) {
        this(postings, terms, WAVE_POSTINGS);
    }

    /** With waves of so many postings, or of one term that has more. */
    PostingsWriter(PostingsBuffer postings, SortedTerms terms, int wavePostings) {
        this.postings = postings;
        this.terms = terms;
        this.wavePostings = wavePostings;
        this.written = TermPostings.ofTerms(terms.termCount());
        this.quantizers = terms.fields().stream().map(FieldBuild::quantizer).toArray(Quantizer[]::new);
        this.saturatedCounts = new long[quantizers.length];
    }

    /** Writes everything and returns where. */
    TermPostings write(FrameWriter out) throws IOException {
        int[] documentFrequencies = written.documentFrequencies();
        postings.forEach((document, term, weight) -> documentFrequencies[terms.termId(term)]++);
        for (int from = 0; from < terms.termCount(); ) {
            long size = 0;
            int to = from;
            while (to < terms.termCount() && (to == from || size + documentFrequencies[to] <= wavePostings)) {
                size += documentFrequencies[to++];
            }
            writeWave(out, from, to, (int) size);
            from = to;
        }
        return written;
    }

    /** How many weights of the field at a position were above its scale. */
    long saturatedCount(int field) {
        return saturatedCounts[field];
    }

    private void writeWave(FrameWriter out, int fromTerm, int toTerm, int size) throws IOException {
        int[] docIds = new int[size];
        byte[] impacts = new byte[size];
        int[] ends = new int[toTerm - fromTerm];
        for (int i = 0, next = 0; i < ends.length; i++) {
            ends[i] = next;
            next += written.documentFrequencies()[fromTerm + i];
        }
        postings.forEach((document, term, weight) -> {
            int termId = terms.termId(term);
            if (termId >= fromTerm && termId < toTerm) {
                int field = terms.fieldOf(termId);
                int position = ends[termId - fromTerm]++;
                docIds[position] = document;
                impacts[position] = (byte) quantizers[field].impact(weight);
                if (quantizers[field].saturates(weight)) {
                    saturatedCounts[field]++;
                }
            }
        });
        int start = 0;
        for (int i = 0; i < ends.length; i++) {
            writeTerm(out, fromTerm + i, docIds, impacts, start, ends[i]);
            start = ends[i];
        }
    }

    /** Sorts the postings of a term, docIds ascending, into tiers by counting, which keeps that order in each tier. */
    private void writeTerm(FrameWriter out, int termId, int[] docIds, byte[] impacts, int from, int to)
            throws IOException {
        int[] counts = new int[Limits.MAX_IMPACT + 1];
        for (int i = from; i < to; i++) {
            counts[Byte.toUnsignedInt(impacts[i])]++;
        }
        written.offsets()[termId] = out.position();
        int[] ends = new int[counts.length];
        int next = 0;
        for (int impact = Limits.MAX_IMPACT; impact > 0; impact--) {
            ends[impact] = next;
            next += counts[impact];
            if (counts[impact] > 0) {
                out.putInt(impact);
                out.putInt(counts[impact]);
                if (written.tierCounts()[termId]++ == 0) {
                    written.largestImpacts()[termId] = impact;
                }
            }
        }
        if (tierDocIds.length < to - from) {
            tierDocIds = new int[Math.max(to - from, 2 * tierDocIds.length)];
        }
        for (int i = from; i < to; i++) {
            tierDocIds[ends[Byte.toUnsignedInt(impacts[i])]++] = docIds[i];
        }
        for (int i = 0; i < to - from; i++) {
            out.putInt(tierDocIds[i]);
        }
    }
}
