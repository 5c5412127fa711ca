package io.skiff.index.blockmax;

/**
 * Byte offsets of the term table: the parameters of the segment's block-max structures, then one {@link
 * BlockTermLayout} per term.
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
 *       | terms, by termId                              |
 * </pre>
 */
public final class BlockTermsLayout {
    static final int BLOCK_SHIFT_OFFSET = 0;
    static final int DOCUMENT_COUNT_OFFSET = BLOCK_SHIFT_OFFSET + Integer.BYTES;
    static final int TERM_COUNT_OFFSET = DOCUMENT_COUNT_OFFSET + Integer.BYTES;
    static final int SLOT_COUNT_OFFSET = TERM_COUNT_OFFSET + Integer.BYTES;
    static final int RARE_COUNT_OFFSET = SLOT_COUNT_OFFSET + Integer.BYTES;
    static final int OFFSET_WIDTH_OFFSET = RARE_COUNT_OFFSET + Integer.BYTES;

    /** Size of the parameters, and where the first term is. */
    static final int BYTES = OFFSET_WIDTH_OFFSET + Integer.BYTES;

    private BlockTermsLayout() {}

    /** Where a term is; for the number of terms, the length of the table. */
    static long termOffset(int termId) {
        return BYTES + (long) termId * BlockTermLayout.BYTES;
    }
}
