package io.skiff.encoder;

/**
 * A token and the place in the text that it was made from.
 *
 * @param token as vectors have it: lower case, stemmed, or a piece of a word
 * @param start offset of the first {@code char} in the text
 * @param end offset behind the last {@code char} in the text
 */
public record AnalyzedToken(String token, int start, int end) {}
