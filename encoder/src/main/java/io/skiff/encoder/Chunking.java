package io.skiff.encoder;

import java.util.Locale;
import java.util.Map;

/**
 * How a long text is cut into parts that a model can read.
 *
 * @param unit what is never cut, as long as it fits
 * @param tokens most tokens of a chunk, special ones not counted; at least 1
 * @param overlap most tokens that a chunk shares with the one before it; less than {@code tokens}
 */
public record Chunking(Unit unit, int tokens, int overlap) {
    /** Most chunks of one text. */
    public static final int MAX_CHUNKS = 10_000;

    private static final String UNIT_ATTRIBUTE = "chunk.unit";

    /** What a chunk is made of. */
    public enum Unit {
        /** Words of the tokenizer: chunks are as long as may be. */
        TOKENS,
        /** Sentences, by Unicode's rules; one that is too long for a chunk is cut between words. */
        SENTENCES
    }

    /** Refuses sizes that make no progress. */
    public Chunking {
        if (tokens < 1) {
            throw new IllegalArgumentException("a chunk must have at least 1 token, got " + tokens);
        }
        if (overlap < 0 || overlap >= tokens) {
            throw new IllegalArgumentException("the overlap of chunks must be from 0 to " + (tokens - 1)
                    + ", one less than a chunk's tokens, got " + overlap);
        }
    }

    /** What an index remembers of it, as attributes of the field. */
    public Map<String, String> attributes() {
        return Map.of(
                UNIT_ATTRIBUTE,
                unit.name().toLowerCase(Locale.ROOT),
                "chunk.tokens",
                Integer.toString(tokens),
                "chunk.overlap",
                Integer.toString(overlap));
    }

    /** Whether a field with these attributes was indexed in chunks. */
    public static boolean isRemembered(Map<String, String> attributes) {
        return attributes.containsKey(UNIT_ATTRIBUTE);
    }
}
