package io.skiff.server.rest.highlight;

/**
 * What a token of the query did for the score of a document.
 *
 * @param field the field searched
 * @param score greater than zero
 */
public record TokenScore(String field, String token, double score) {}
