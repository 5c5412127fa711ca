package io.skiff.encoder;

/**
 * A part of a text.
 *
 * @param start offset of its first {@code char} in the text
 * @param end offset behind its last {@code char}
 */
public record Chunk(int start, int end) {}
