package io.skiff.index.blockmax;

/**
 * The bounds of a rare term: one word per block that has the term.
 *
 * <pre>
 *   bit 31                      8 7            0
 *       +------------------------+--------------+
 *       | block            u24   | maximum  u8  |   little-endian, blocks ascending
 *       +------------------------+--------------+
 * </pre>
 */
public final class ListBoundsLayout {
    /** Size of one word. */
    public static final int BYTES = Integer.BYTES;

    /** Position of the block in a word. */
    public static final int BLOCK_SHIFT = 8;

    /** The maximum in a word. */
    public static final int MAXIMUM_MASK = 0xFF;

    /** Most blocks of a segment, since a word has 24 bits for them. */
    public static final int MAX_BLOCKS = 1 << 24;

    private ListBoundsLayout() {}
}
