package io.skiff.scoring;

import java.util.Arrays;

/**
 * The k best of the documents offered, by descending score and, among equals, ascending ordinal.
 *
 * <p>A document is one long that sorts in rank order: the score's complement above, the ordinal (position in order
 * of insertion over all segments) below. Keys gather in a buffer of more than k; when it is full a selection throws
 * away all but the best k and the threshold rises to the k-th. That costs a constant per offer where a heap costs
 * log k, for a threshold that lags a little. Allocates only when k outgrows all before.
 */
final class TopK {
    /** Ordinals are unsigned 32-bit integers. */
    static final long MAX_DOCUMENTS = 1L << 32;

    private static final int SMALLEST_SLACK = 128;
    private static final int MAX_SELECTION_ROUNDS = 64;

    private long[] keys = new long[0];
    private SharedThreshold shared;
    private int capacity;
    private int k;
    private int size;
    private long worstKey;

    /** The key of a document. */
    static long key(int score, long ordinal) {
        return (long) (Integer.MAX_VALUE - score) << 32 | ordinal;
    }

    /** The score in a key. */
    static int score(long key) {
        return Integer.MAX_VALUE - (int) (key >>> 32);
    }

    /** The ordinal in a key. */
    static long ordinal(long key) {
        return key & (MAX_DOCUMENTS - 1);
    }

    /** Forgets everything and starts over for the best {@code k}. */
    void reset(int k) {
        reset(k, null);
    }

    /** The same for one of several that look for the best {@code k} together. */
    void reset(int k, SharedThreshold threshold) {
        this.k = k;
        shared = threshold;
        capacity = k + Math.max(k, SMALLEST_SLACK);
        if (keys.length < capacity) {
            keys = new long[capacity];
        }
        size = 0;
        worstKey = key(0, 0);
    }

    /** The score that a document behind all those offered must exceed; 0 while there is room. */
    int threshold() {
        return score(worstKey);
    }

    /**
     * The score that a document must exceed to be offered where documents come in order of insertion: those behind have
     * no claim at the threshold itself. Where others search documents behind these at the same time, they have.
     */
    int scanThreshold() {
        return shared == null ? threshold() : Math.max(0, threshold() - 1);
    }

    /** What a key must be less than to enter; the same for every document, unlike {@link #threshold}. */
    long worstKey() {
        return worstKey;
    }

    /** Raises the threshold to the k-th best if enough was offered since the last time to be worth a selection. */
    void tighten() {
        boolean first = worstKey == key(0, 0);
        if (size >= k && (first || size - k >= k / 8)) {
            shrink();
        }
        if (shared != null) {
            worstKey = Math.min(worstKey, shared.key());
        }
    }

    /**
     * Forgets the documents of a range of ordinals, so that they may be offered again. The threshold falls no further
     * than that those which reached it may reach it again.
     */
    void forget(long firstOrdinal, long endOrdinal) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (ordinal(keys[i]) < firstOrdinal || ordinal(keys[i]) >= endOrdinal) {
                keys[kept++] = keys[i];
            }
        }
        size = kept;
        if (worstKey != key(0, 0)) {
            worstKey = key(threshold() - 1, 0);
        }
        if (shared != null) {
            // What others knew may have come from the documents that are forgotten.
            shared = new SharedThreshold();
        }
    }

    /** Offers what another one, of the same search, has. */
    void takeOver(TopK other) {
        worstKey = Math.min(worstKey, other.worstKey);
        for (int i = 0; i < other.size; i++) {
            // The k-th best itself is no less than the worst key, having set it.
            if (other.keys[i] <= worstKey) {
                put(other.keys[i]);
            }
        }
    }

    /** Offers a document, no document twice; those that cannot enter are ignored. */
    void offer(long key) {
        if (key < worstKey) {
            put(key);
        }
    }

    private void put(long key) {
        keys[size++] = key;
        if (size == capacity) {
            shrink();
        }
    }

    /** Sorts what is left, at most k, best first, and returns how many; {@link #get} reads them. */
    int sort() {
        if (size > k) {
            shrink();
        }
        Arrays.sort(keys, 0, size);
        return size;
    }

    /** The key at a rank, after {@link #sort}. */
    long get(int rank) {
        return keys[rank];
    }

    private void shrink() {
        select(keys, size, k);
        size = k;
        worstKey = Math.min(worstKey, keys[k - 1]);
        if (shared != null) {
            shared.lower(worstKey);
        }
    }

    /** Hoare's FIND: moves the {@code k} smallest of distinct keys to the front, the k-th to its sorted place. */
    private static void select(long[] keys, int size, int k) {
        int target = k - 1;
        int low = 0;
        int high = size - 1;
        for (int round = 0; low < high; round++) {
            if (round == MAX_SELECTION_ROUNDS) {
                Arrays.sort(keys, low, high + 1);
                return;
            }
            long pivot = keys[(low + high) >>> 1];
            int left = low;
            int right = high;
            while (left <= right) {
                while (keys[left] < pivot) {
                    left++;
                }
                while (keys[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    long swap = keys[left];
                    keys[left++] = keys[right];
                    keys[right--] = swap;
                }
            }
            if (target <= right) {
                high = right;
            } else if (target >= left) {
                low = left;
            } else {
                return;
            }
        }
    }
}
