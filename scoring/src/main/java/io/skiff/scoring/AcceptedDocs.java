package io.skiff.scoring;

import java.util.Arrays;

/**
 * The documents of a segment that are neither deleted nor filtered out, a bit each, or all of them. Used again for every
 * segment and search.
 */
final class AcceptedDocs {
    /** Words of 64 documents; null if all are accepted. */
    private long[] words;

    private long[] both = {};

    /** Accepts all documents. */
    void acceptAll() {
        words = null;
    }

    /** Accepts the documents that both sets have; a set that is null has all. */
    void reset(long[] live, long[] filtered, int documentCount) {
        int count = wordCount(documentCount);
        if (filtered != null && filtered.length < count) {
            throw new IllegalArgumentException("a filter has " + filtered.length + " words for a segment of "
                    + documentCount + " documents, expected " + count);
        }
        if (live == null || filtered == null) {
            words = live == null ? filtered : live;
            return;
        }
        if (both.length < count) {
            both = new long[count];
        }
        for (int i = 0; i < count; i++) {
            both[i] = live[i] & filtered[i];
        }
        words = both;
    }

    static int wordCount(int documentCount) {
        return (int) ((documentCount + (long) Long.SIZE - 1) / Long.SIZE);
    }

    boolean acceptsAll() {
        return words == null;
    }

    /** The documents of a block of {@code 1 << blockShift}, a bit each from the lowest. */
    int ofBlock(int block, int blockShift) {
        if (words == null) {
            return -1;
        }
        long firstDocId = (long) block << blockShift;
        int size = 1 << blockShift;
        return (int) (words[(int) (firstDocId / Long.SIZE)] >>> (firstDocId % Long.SIZE)) & ((1 << size) - 1);
    }

    /** The blocks of 8 (4) documents among 64 consecutive ones that have an accepted document, a bit each. */
    long ofGroup(int group, int blockShift, int documentCount) {
        int wordsOfGroup = 1 << blockShift;
        int first = group << blockShift;
        int end = Math.min(first + wordsOfGroup, wordCount(documentCount));
        int blocksOfWord = Long.SIZE >>> blockShift;
        long accepted = 0;
        for (int i = first; i < end; i++) {
            accepted |= blocksOfWord(words[i], blockShift) << ((i - first) * blocksOfWord);
        }
        return accepted;
    }

    /** The runs of 8 (4) bits in a word that are not all zero, a bit each: folds them onto their lowest, then packs. */
    private static long blocksOfWord(long word, int blockShift) {
        long folded = word | (word >>> 1);
        folded |= folded >>> 2;
        if (blockShift == 2) {
            return Long.compress(folded, 0x1111111111111111L);
        }
        return Long.compress(folded | (folded >>> 4), 0x0101010101010101L);
    }

    /**
     * Sets those of {@code scores[from..to)} to 0 whose documents are not accepted.
     *
     * @param firstDocId the document of the first score, a multiple of 64
     */
    void apply(int[] scores, int firstDocId, int from, int to) {
        for (int first = from / Long.SIZE * Long.SIZE; first < to; first += Long.SIZE) {
            long word = words[(firstDocId + first) / Long.SIZE];
            if (word == 0) {
                Arrays.fill(scores, Math.max(from, first), Math.min(to, first + Long.SIZE), 0);
                continue;
            }
            for (long rest = ~word; rest != 0; rest &= rest - 1) {
                int document = first + Long.numberOfTrailingZeros(rest);
                if (document >= from && document < to) {
                    scores[document] = 0;
                }
            }
        }
    }
}
