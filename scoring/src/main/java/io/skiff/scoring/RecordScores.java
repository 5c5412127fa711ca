package io.skiff.scoring;

import io.skiff.index.SegmentReader;
import io.skiff.index.blockmax.BlockMaxReader;

/**
 * Scores windows of a segment that has block records and no postings by window: by whole records where the query's terms
 * are in most blocks anyway, else term by term. Used again for every segment.
 */
final class RecordScores {
    private final RecordKernels kernels =
            RecordKernels.forRegisters(KernelChoice.active().kernels().registerBits());
    private final RecordTerms recordTerms = new RecordTerms();
    private final RecordBatch batch = new RecordBatch();
    private final int[] scores = new int[RecordKernels.DOCUMENTS];
    private final TermWalks walks = new TermWalks();
    private SegmentReader segment;
    private BlockMaxReader blocks;
    private SegmentTerms terms;
    private boolean byTerm;

    /** Goes to a segment; {@code segmentTerms} are its terms of the query. */
    void reset(SegmentReader newSegment, SegmentTerms segmentTerms) {
        segment = newSegment;
        blocks = newSegment.blockMax();
        terms = segmentTerms;
        byTerm = segmentTerms.postingCount() < blocks.blockCount();
        if (byTerm) {
            walks.reset(newSegment, segmentTerms);
        } else {
            recordTerms.reset(blocks, segmentTerms);
        }
    }

    /** Adds the scores of documents {@code first} to {@code first + count}, exclusive. */
    void add(int first, int count, long[] wanted, int[] sums) {
        if (byTerm) {
            walks.forEach(
                    first, first + count, (term, docId, impact) -> sums[docId - first] += terms.weight(term) * impact);
            return;
        }
        try {
            addBlocks(first, count, wanted, sums);
        } catch (IndexOutOfBoundsException e) {
            throw segment.blockMaxDamaged(e);
        }
    }

    private void addBlocks(int first, int count, long[] wanted, int[] sums) {
        int shift = blocks.blockShift();
        int end = (first + count + (1 << shift) - 1) >>> shift;
        for (int next = first >>> shift; next < end; ) {
            batch.clear();
            for (; next < end && batch.size() < RecordBatch.CAPACITY; next++) {
                if (isWanted(wanted, (next << shift) - first, shift)) {
                    batch.add(next);
                }
            }
            batch.load(blocks);
            for (int i = 0; i < batch.size(); i++) {
                addBlock(i, first, count, sums);
            }
        }
    }

    private static boolean isWanted(long[] wanted, int firstDocument, int shift) {
        long block = (1L << (1 << shift)) - 1;
        return wanted == null || (wanted[firstDocument / Long.SIZE] >>> firstDocument & block) != 0;
    }

    private void addBlock(int i, int first, int count, int[] sums) {
        int masks = kernels.score(batch.bytes(), batch.start(i), recordTerms, 0, scores);
        int offset = (batch.block(i) << blocks.blockShift()) - first;
        for (int rest = RecordKernels.matches(masks); rest != 0; rest &= rest - 1) {
            int document = Integer.numberOfTrailingZeros(rest);
            if (offset + document >= count) {
                throw new IndexOutOfBoundsException("document " + document + " of block " + batch.block(i));
            }
            sums[offset + document] += scores[document];
        }
    }
}
