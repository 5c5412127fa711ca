package io.skiff.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tokens to be looked up in a segment together: {@link SegmentReader#find}. A lookup is three reads from places that no
 * cache holds, each of which needs what the one before has found. Going through all tokens step by step has the reads of
 * a step come from memory at the same time. Used again; for one thread at a time.
 */
public final class TermLookup {
    String[] fields = new String[32];
    byte[][] tokens = new byte[32][];
    int[] hashes = new int[32];
    int[] termIds = new int[32];
    int count;

    /** Without tokens. */
    public TermLookup() {}

    /** Forgets all tokens. */
    public void clear() {
        count = 0;
    }

    /** Adds a token of a field. */
    public void add(String field, String token) {
        if (count == fields.length) {
            fields = Arrays.copyOf(fields, 2 * count);
            tokens = Arrays.copyOf(tokens, 2 * count);
            hashes = new int[2 * count];
            termIds = new int[2 * count];
        }
        fields[count] = field;
        tokens[count++] = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Tokens that were added. */
    public int count() {
        return count;
    }

    /** The termId of a token in the segment that was asked last, by its position; -1 if the segment has it not. */
    public int termId(int position) {
        return termIds[position];
    }
}
