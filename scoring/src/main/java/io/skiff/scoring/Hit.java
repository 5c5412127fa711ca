package io.skiff.scoring;

/**
 * A document of the result.
 *
 * @param segment position of its segment in {@code IndexReader.segments()}
 * @param docId its position in the segment
 * @param score the exact dot product of the quantized weights
 */
public record Hit(int segment, int docId, double score) {}
