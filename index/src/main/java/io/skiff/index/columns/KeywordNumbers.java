package io.skiff.index.columns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;

/**
 * Numbers distinct keywords in the order in which they appear. Their bytes lie one behind the other in few arrays: a field
 * such as an id has a keyword for each document, and a collector of garbage that has to copy a few objects for each stops
 * searches while segments are merged. Not safe for use by several threads.
 */
final class KeywordNumbers {
    private static final int FIRST_CHUNK_BYTES = 1 << 12;
    private static final int LARGEST_CHUNK_BYTES = 1 << 20;
    private static final int FIRST_SLOTS = 1 << 6;

    private final List<byte[]> chunks = new ArrayList<>();
    private int room;
    // By number: the chunk in the upper half, where it begins there in the lower; then its length and hash.
    private final LongArrayList places = new LongArrayList();
    private final IntArrayList lengths = new IntArrayList();
    private final IntArrayList hashes = new IntArrayList();
    // Numbers, plus 1, at or behind the place of their hash.
    private int[] slots = new int[FIRST_SLOTS];

    /** How many there are. */
    int size() {
        return lengths.size();
    }

    /** The number of a keyword in UTF-8, at most {@link ColumnValue#MAX_KEYWORD_BYTES}; the next one if it is new. */
    int number(byte[] keyword) {
        int hash = Arrays.hashCode(keyword) * 0x9E37_79B9;
        int slot = firstSlot(hash);
        for (; slots[slot] != 0; slot = nextSlot(slot)) {
            int number = slots[slot] - 1;
            if (hashes.getInt(number) == hash && isSame(number, keyword)) {
                return number;
            }
        }
        slots[slot] = size() + 1;
        append(keyword, hash);
        if (2 * size() > slots.length) {
            grow();
        }
        return size() - 1;
    }

    private int firstSlot(int hash) {
        return (hash ^ hash >>> 16) & (slots.length - 1);
    }

    private int nextSlot(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    private boolean isSame(int number, byte[] keyword) {
        int start = start(number);
        return Arrays.equals(chunk(number), start, start + length(number), keyword, 0, keyword.length);
    }

    private void append(byte[] keyword, int hash) {
        if (chunks.isEmpty() || room < keyword.length) {
            int doubled = chunks.isEmpty() ? FIRST_CHUNK_BYTES : 2 * chunks.getLast().length;
            room = Math.max(keyword.length, Math.min(doubled, LARGEST_CHUNK_BYTES));
            chunks.add(new byte[room]);
        }
        byte[] chunk = chunks.getLast();
        int start = chunk.length - room;
        System.arraycopy(keyword, 0, chunk, start, keyword.length);
        room -= keyword.length;
        places.addLong((chunks.size() - 1L) << Integer.SIZE | start);
        lengths.addInt(keyword.length);
        hashes.addInt(hash);
    }

    private void grow() {
        slots = new int[2 * slots.length];
        for (int number = 0; number < size(); number++) {
            int slot = firstSlot(hashes.getInt(number));
            while (slots[slot] != 0) {
                slot = nextSlot(slot);
            }
            slots[slot] = number + 1;
        }
    }

    private byte[] chunk(int number) {
        return chunks.get((int) (places.getLong(number) >>> Integer.SIZE));
    }

    private int start(int number) {
        return (int) places.getLong(number);
    }

    /** The bytes that a keyword has. */
    int length(int number) {
        return lengths.getInt(number);
    }

    /** Writes the bytes of a keyword. */
    void write(int number, PayloadOutput out) throws IOException {
        out.putBytes(chunk(number), start(number), length(number));
    }

    /** All numbers in the order of their keywords, comparing unsigned bytes. */
    int[] sorted() {
        int[] numbers = new int[size()];
        Arrays.setAll(numbers, i -> i);
        sort(numbers, numbers.clone(), 0, numbers.length);
        return numbers;
    }

    /** Merge sort, of primitives by a comparison, which the library has not; both arrays have the same at first. */
    private void sort(int[] numbers, int[] from, int start, int end) {
        if (end - start < 2) {
            return;
        }
        int middle = (start + end) >>> 1;
        sort(from, numbers, start, middle);
        sort(from, numbers, middle, end);
        for (int i = start, left = start, right = middle; i < end; i++) {
            boolean takesLeft = right == end || (left < middle && compare(from[left], from[right]) <= 0);
            numbers[i] = takesLeft ? from[left++] : from[right++];
        }
    }

    private int compare(int one, int other) {
        int start = start(one);
        int otherStart = start(other);
        return Arrays.compareUnsigned(
                chunk(one), start, start + length(one), chunk(other), otherStart, otherStart + length(other));
    }
}
