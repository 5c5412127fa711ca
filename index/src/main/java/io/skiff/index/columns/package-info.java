/**
 * Typed columns of a segment, for filters and sorting: immutable, mapped, read without copies.
 *
 * <p>A column keeps its distinct values in order. A value's position is its <em>ordinal</em>; documents hold ordinals,
 * ordinals hold documents, and so a range of values is a range of ordinals and sorting within a segment compares ints.
 *
 * <pre>
 *   ColumnsWriter --> one payload, ColumnsLayout        written once, column by column
 *                          |
 *   ColumnsReader --> ColumnReader                      values, ordinals of a document, documents of an ordinal
 *                          |
 *   Filter -------> FilterEvaluator --> DocBits         one bit a document
 * </pre>
 *
 * <p>Imports nothing of ours; {@code io.skiff.index} frames the payload as a file with magic, length and checksum, as it
 * does for {@code io.skiff.index.blockmax}.
 */
package io.skiff.index.columns;
