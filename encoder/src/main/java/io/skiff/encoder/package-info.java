/**
 * Text to sparse vectors.
 *
 * <p>{@link io.skiff.encoder.SparseEncoder} is what an index and a search are built on;
 * {@link io.skiff.encoder.Bm25Encoder} is the one that needs no model. Imports {@code io.skiff.index} only.
 */
package io.skiff.encoder;
