package io.skiff.index.columns;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * A set of the documents of a segment, one bit each: document d is bit d mod 64 of word d / 64. On a little-endian
 * machine the memory is what a file of live documents holds: 8 documents a byte, and 8 bytes can be loaded at any of
 * them.
 */
public final class DocBits {
    private final long[] words; // with one more than it takes, always 0, so that bytes can be loaded 8 at a time
    private final int documentCount;

    private DocBits(int documentCount) {
        this.documentCount = documentCount;
        this.words = new long[((documentCount + 63) >>> 6) + 1];
    }

    /** No document of so many. */
    public static DocBits none(int documentCount) {
        return new DocBits(documentCount);
    }

    /** Every document of so many. */
    public static DocBits all(int documentCount) {
        DocBits bits = new DocBits(documentCount);
        bits.flip();
        return bits;
    }

    /** Documents there could be. */
    public int documentCount() {
        return documentCount;
    }

    /** Documents there are. */
    public int cardinality() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** Whether a document is in the set. */
    public boolean get(int docId) {
        return (words[docId >>> 6] & (1L << docId)) != 0;
    }

    /** Takes a document in. */
    public void set(int docId) {
        words[docId >>> 6] |= 1L << docId;
    }

    /** Leaves those that are in the other set too. */
    public void and(DocBits other) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= other.words[i];
        }
    }

    /** Takes in those of the other set. */
    public void or(DocBits other) {
        for (int i = 0; i < words.length; i++) {
            words[i] |= other.words[i];
        }
    }

    /** Leaves out those of the other set. */
    public void andNot(DocBits other) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= ~other.words[i];
        }
    }

    /** Leaves what was not there. */
    public void flip() {
        for (int i = 0; i < words.length; i++) {
            words[i] = ~words[i];
        }
        clearTail();
    }

    /** No document beyond the last, whatever data said that could not be trusted. */
    void clearTail() {
        if ((documentCount & 63) != 0) {
            words[words.length - 2] &= (1L << documentCount) - 1;
        }
        words[words.length - 1] = 0;
    }

    /** Gives every document, ascending. */
    public void forEach(IntConsumer action) {
        for (int i = 0; i < words.length; i++) {
            for (long word = words[i]; word != 0; word &= word - 1) {
                action.accept((i << 6) + Long.numberOfTrailingZeros(word));
            }
        }
    }

    /** The words, not a copy; there is one more than the documents need. */
    public long[] words() {
        return words;
    }

    /** The words as memory, not a copy. */
    public MemorySegment memory() {
        return MemorySegment.ofArray(words);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DocBits that && documentCount == that.documentCount && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return 31 * documentCount + Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return cardinality() + " of " + documentCount + " documents";
    }
}
