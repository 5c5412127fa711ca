/**
 * Top-k search: kernels that accumulate integer scores over postings, and the searcher that plans and runs them.
 *
 * <p>Scores are exact: sums of quantized query weight times impact, in integers, made floating point once at the edge.
 * Imports {@code io.skiff.index} only.
 */
package io.skiff.scoring;
