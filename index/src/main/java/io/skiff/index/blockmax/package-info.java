/**
 * The block-max structures of a segment: bounds on what a block of documents can score, and one record per block to
 * score it exactly.
 *
 * <p>A block is a run of 8 (or 4) consecutive docIds. A search adds up the bounds of the query's terms over all blocks,
 * a stream, and then opens the records of the few blocks whose bound promises a hit. Bounds over so few documents prune
 * where bounds over hundreds do not, because learned weights are flat; see Mallia, Suel and Tonellotto, "Faster Learned
 * Sparse Retrieval with Block-Max Pruning" (SIGIR 2024), for the order of evaluation.
 *
 * <pre>
 *   BlockMaxPlan --> BoundsEncoder, a term at a time  --> bounds    DenseBoundsLayout, GapBoundsLayout, ListBoundsLayout
 *                --> BlockEncoder, a block at a time  --> records   RecordLayout, and the offset of each
 *                --> terms                            --> terms     BlockTermsLayout: where each term is in both
 *                                                             |
 *                                             BlockMaxReader, over the four mapped
 *                     RecordPostings, RecordTermCursor, BoundsCursor: by document, by term, for those who have time
 * </pre>
 *
 * <p>Imports nothing of ours; {@code io.skiff.index} frames the four as files with magic, length and checksum.
 */
package io.skiff.index.blockmax;
