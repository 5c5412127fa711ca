package io.skiff.index;

import java.util.Arrays;

/** What is counted of every term, by its number, while documents come. */
final class TermCounts {
    private static final int NO_BLOCK = -1;

    private final int blockShift;
    private int[] postings = {};
    private int[] blocks = {};
    private int[] lastBlocks = {};
    private int fullestBlock;

    /** Counts blocks of 2^{@code blockShift} documents. */
    TermCounts(int blockShift) {
        this.blockShift = blockShift;
    }

    /** Counts the postings of a chunk; chunks come in order. */
    void add(ForwardChunk chunk) {
        int inBlock = 0;
        for (int document = 0; document < chunk.documentCount; document++) {
            int block = (chunk.firstDocId + document) >>> blockShift;
            boolean startsBlock = (chunk.firstDocId + document) % (1 << blockShift) == 0;
            inBlock = (startsBlock ? 0 : inBlock) + chunk.ends[document] - chunk.start(document);
            fullestBlock = Math.max(fullestBlock, inBlock);
            for (int i = chunk.start(document); i < chunk.ends[document]; i++) {
                count(chunk.terms[i], block);
            }
        }
    }

    private void count(int term, int block) {
        if (term >= postings.length) {
            int before = postings.length;
            int capacity = Math.max(1024, term + (term >> 1));
            postings = Arrays.copyOf(postings, capacity);
            blocks = Arrays.copyOf(blocks, capacity);
            lastBlocks = Arrays.copyOf(lastBlocks, capacity);
            Arrays.fill(lastBlocks, before, capacity, NO_BLOCK);
        }
        postings[term]++;
        if (lastBlocks[term] != block) {
            lastBlocks[term] = block;
            blocks[term]++;
        }
    }

    /** Postings of each term, by termId. */
    int[] postingCounts(SortedTerms terms) {
        return byTermId(postings, terms);
    }

    /** Blocks that have each term, by termId. */
    int[] blockCounts(SortedTerms terms) {
        return byTermId(blocks, terms);
    }

    private static int[] byTermId(int[] byNumber, SortedTerms terms) {
        int[] counts = new int[terms.termCount()];
        for (int number = 0; number < counts.length; number++) {
            counts[terms.termId(number)] = byNumber[number];
        }
        return counts;
    }

    /** The most postings of a block. */
    int fullestBlock() {
        return fullestBlock;
    }
}
