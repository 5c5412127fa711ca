package io.skiff.index;

/**
 * The postings of a term: one header per tier, then the docIds of all tiers in the same order.
 *
 * <pre>
 *    0        4        8
 *   +--------+--------+-- ... --+--------+--------+-- ... --------------------------+
 *   | impact | count  |         | impact | count  | docIds of the first tier, ...   |
 *   | i32    | i32    |         | i32    | i32    | i32 each                        |
 *   +--------+--------+-- ... --+--------+--------+-- ... --------------------------+
 *     first tier                  last tier
 * </pre>
 *
 * <p>Impacts descend from tier to tier, docIds ascend in a tier. DocIds are plain integers, aligned to 4 bytes, so that
 * a kernel reads them as they are.
 */
final class TierLayout {
    static final int IMPACT_OFFSET = 0;
    static final int COUNT_OFFSET = IMPACT_OFFSET + Integer.BYTES;

    /** Size of the header of one tier. */
    static final int BYTES = COUNT_OFFSET + Integer.BYTES;

    private TierLayout() {}

    /** Size of the postings of a term. */
    static long postingsBytes(int tierCount, int documentFrequency) {
        return docIdsOffset(tierCount) + (long) documentFrequency * Integer.BYTES;
    }

    /** Where the docIds start, counted from the start of the term's postings. */
    static long docIdsOffset(int tierCount) {
        return (long) tierCount * BYTES;
    }
}
