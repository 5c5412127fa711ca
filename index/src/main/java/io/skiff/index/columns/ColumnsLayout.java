package io.skiff.index.columns;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The columns of a segment. What is said of them comes last, so that they can be written one by one.
 *
 * <pre>
 *   +----------+-- ... --+-------+-------------------+------------------+--------------+----------------+
 *   | column   |         | names | directory, an     | directory offset | column count | document count |
 *   |          |         |       | entry each        | i64              | i32          | i32            |
 *   +----------+-- ... --+-------+-------------------+------------------+--------------+----------------+
 *                                                    ^ BYTES before the end
 * </pre>
 *
 * <p>A column, each part beginning at a multiple of 8:
 *
 * <pre>
 *   values      numbers: i64 each, ascending (a real one with its bits turned into an order)
 *               keywords: where each begins, i64 each, and where the last ends; then their UTF-8
 *   counts      documents of each ordinal, i32 each
 *   places      where the documents of each ordinal begin, i64 each, and where the last ones end
 *   documents   of each ordinal: fewer than BITMAP_MIN_DOCUMENTS are docIds, ascending, i32 each; more are a
 *               RoaringBitmap in its portable format, filled up to a multiple of 4
 *   ordinals    a value a document at most: i32 each, -1 for none
 *               else where the ordinals of each document begin, i32 each, and where the last ones end; then the
 *               ordinals, i32 each, ascending in a document
 *   present     the documents that have a value, a RoaringBitmap
 * </pre>
 */
final class ColumnsLayout {
    static final int DIRECTORY_OFFSET_OFFSET = 0;
    static final int COLUMN_COUNT_OFFSET = DIRECTORY_OFFSET_OFFSET + Long.BYTES;
    static final int DOCUMENT_COUNT_OFFSET = COLUMN_COUNT_OFFSET + Integer.BYTES;

    /** Size of what stands at the very end. */
    static final int BYTES = DOCUMENT_COUNT_OFFSET + Integer.BYTES;

    /** From this many documents on a bitmap is the smaller, or about as small, whatever the documents. */
    static final int BITMAP_MIN_DOCUMENTS = 32;

    /** Where each part of a column begins. */
    static final int ALIGNMENT = Long.BYTES;

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ColumnsLayout() {}
}
