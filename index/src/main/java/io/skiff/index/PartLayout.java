package io.skiff.index;

/**
 * The postings of a term: an entry for each window of documents that has the term, then what the windows have.
 *
 * <pre>
 *    0        2            4      8
 *   +--------+------------+------+-- ... --+----------------------------+-- ... --+
 *   | window | tier count | end  |         | tiers of the first window  |         |
 *   | u16    | u16        | u32  |         | TierLayout                 |         |
 *   +--------+------------+------+-- ... --+----------------------------+-- ... --+
 *     first entry                            ^ 0                          ^ end of the first
 * </pre>
 *
 * <p>A window is a run of 2^{@value #WINDOW_SHIFT} docIds: the scores of its documents fit the second-level cache, and
 * adding to scores there is nearly twice as fast as in what lies behind. Windows ascend; ends count from where the first
 * window's tiers start. Nothing is aligned.
 */
final class PartLayout {
    /** Documents in a window, as a power of two. */
    static final int WINDOW_SHIFT = 18;

    static final int WINDOW_OFFSET = 0;
    static final int TIER_COUNT_OFFSET = WINDOW_OFFSET + Short.BYTES;
    static final int END_OFFSET = TIER_COUNT_OFFSET + Short.BYTES;

    /** Size of one entry. */
    static final int BYTES = END_OFFSET + Integer.BYTES;

    /** Zeros at the end of the payload, so that 8 bytes can be loaded wherever a gap is. */
    static final int TAIL_BYTES = Long.BYTES;

    private PartLayout() {}

    /** Windows of so many documents. */
    static int windowCount(int documentCount) {
        return (documentCount + (1 << WINDOW_SHIFT) - 1) >>> WINDOW_SHIFT;
    }
}
