package io.skiff.index.blockmax;

/**
 * Byte offsets of a term of the term table.
 *
 * <pre>
 *   0   +-----------------------------------------------+
 *       | bounds offset    i64                          |
 *   8   | block count      i32   blocks with the term   |
 *   12  | record key       i32                          |
 *   16  | bounds kind      i32   code of a BoundsKind   |
 *   20  +-----------------------------------------------+
 * </pre>
 *
 * <p>A record key of 0 or more is a slot; a negative one is the complement of a rare term's ordinal.
 */
public final class BlockTermLayout {
    static final int BOUNDS_OFFSET_OFFSET = 0;
    static final int BLOCK_COUNT_OFFSET = BOUNDS_OFFSET_OFFSET + Long.BYTES;
    static final int RECORD_KEY_OFFSET = BLOCK_COUNT_OFFSET + Integer.BYTES;
    static final int BOUNDS_KIND_OFFSET = RECORD_KEY_OFFSET + Integer.BYTES;

    /** Size of a term. */
    static final int BYTES = BOUNDS_KIND_OFFSET + Integer.BYTES;

    private BlockTermLayout() {}
}
