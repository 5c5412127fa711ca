/**
 * Segments of quantized, impact-ordered postings, kept off-heap, and the documents they stand for.
 *
 * <p>{@link io.skiff.index.IndexBuilder} writes an index directory, {@link io.skiff.index.IndexReader} maps one and
 * {@link io.skiff.index.SegmentReader} shows the postings of a segment to whoever scores them. This package imports
 * no other module of Skiff.
 *
 * <pre>
 *   Document --> IndexBuilder --> segment files + manifest      (written once, renamed into place)
 *                                        |
 *   IndexEditor --> further segments, deletions + manifest      (the same)
 *                                        |
 *   IndexReader --> SegmentReader --> PostingsCursor            (mapped, read only)
 * </pre>
 *
 * <p>{@link io.skiff.index.LowPriority} is of no segment: the document store, the live index and servers have threads that
 * yield to searches, and this is the one package that all of them know.
 */
package io.skiff.index;
