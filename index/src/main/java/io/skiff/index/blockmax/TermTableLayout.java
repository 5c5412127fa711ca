package io.skiff.index.blockmax;

/**
 * Byte offsets of the term table: the parameters of the segment's block-max structures, then one entry per term.
 *
 * <pre>
 *   0   +-----------------------------------------------+
 *       | block shift      i32   documents = 1 << shift |
 *   4   | document count   i32                          |
 *   8   | term count       i32                          |
 *   12  | slot count       i32                          |
 *   16  | rare term count  i32                          |
 *   20  | offset width     i32   bytes, 2 or 4          |
 *   24  +-----------------------------------------------+
 *       | term 0:  bounds offset   i64                  |
 *   +8  |          block count     i32   with the term  |
 *   +12 |          record key      i32                  |
 *   +16 |          bounds kind     i32                  |
 *   +20 +-----------------------------------------------+
 *       | term 1 ...                                    |
 * </pre>
 *
 * <p>Little-endian. A record key of 0 or more is a slot; a negative one is the complement of a rare term's ordinal.
 */
public final class TermTableLayout {
    static final int BLOCK_SHIFT_OFFSET = 0;
    static final int DOCUMENT_COUNT_OFFSET = BLOCK_SHIFT_OFFSET + Integer.BYTES;
    static final int TERM_COUNT_OFFSET = DOCUMENT_COUNT_OFFSET + Integer.BYTES;
    static final int SLOT_COUNT_OFFSET = TERM_COUNT_OFFSET + Integer.BYTES;
    static final int RARE_COUNT_OFFSET = SLOT_COUNT_OFFSET + Integer.BYTES;
    static final int OFFSET_WIDTH_OFFSET = RARE_COUNT_OFFSET + Integer.BYTES;

    /** Bytes before the first entry. */
    public static final int HEADER_BYTES = OFFSET_WIDTH_OFFSET + Integer.BYTES;

    static final int BOUNDS_OFFSET_OFFSET = 0;
    static final int BLOCK_COUNT_OFFSET = BOUNDS_OFFSET_OFFSET + Long.BYTES;
    static final int RECORD_KEY_OFFSET = BLOCK_COUNT_OFFSET + Integer.BYTES;
    static final int BOUNDS_KIND_OFFSET = RECORD_KEY_OFFSET + Integer.BYTES;

    /** Bytes of one entry. */
    public static final int ENTRY_BYTES = BOUNDS_KIND_OFFSET + Integer.BYTES;

    private TermTableLayout() {}

    /** Where the entry of a term starts. */
    static long entryOffset(int termId) {
        return HEADER_BYTES + (long) termId * ENTRY_BYTES;
    }

    /** Length of the table. */
    static long tableBytes(int termCount) {
        return entryOffset(termCount);
    }
}
