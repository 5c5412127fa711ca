package io.skiff.index;

/**
 * The postings of a term in one window: a header per tier, then the tiers in the same order.
 *
 * <pre>
 *   bit 31           10 9           8 7        0
 *       +--------------+-------------+----------+
 *       | entry count  | width code  | impact   |    a header, u32
 *       +--------------+-------------+----------+
 *
 *   a tier:        +------ ... ------+
 *                  | gaps            |    8, 12 or 16 bits each, the first in the lowest bits; then the next byte
 *                  +------ ... ------+
 *   a mixed tier:  +------ ... ------+------ ... ------+
 *                  | gaps            | impacts, u8     |
 *                  +------ ... ------+------ ... ------+
 * </pre>
 *
 * <p>The postings of a tier have one impact, and impacts descend from tier to tier; what would make tiers of fewer than
 * {@value #LEAST_POSTINGS} is in one mixed tier, the last, whose header has impact 0. A gap is the distance to the docId
 * before, the first to the window's first. The largest gap that the width can hold is no posting: it only moves on, and
 * has impact 0 in a mixed tier.
 */
final class TierLayout {
    static final int HEADER_OFFSET = 0;

    /** Size of a header. */
    static final int BYTES = HEADER_OFFSET + Integer.BYTES;

    /** Tiers are at least this long, since a header and the switch to another tier cost more than an impact each. */
    static final int LEAST_POSTINGS = 24;

    /** The impact in the header of a mixed tier. */
    static final int MIXED = 0;

    /** Most tiers of a window: one for each impact, and the mixed one. */
    static final int MAX_TIERS = Limits.MAX_IMPACT + 1;

    private static final int LEAST_BITS = 8;
    private static final int STEP_BITS = 4;
    private static final int WIDTH_SHIFT = 8;
    private static final int WIDTH_MASK = 3;
    private static final int COUNT_SHIFT = 10;

    private TierLayout() {}

    static int header(int impact, int gapBits, int entryCount) {
        return impact | ((gapBits - LEAST_BITS) / STEP_BITS) << WIDTH_SHIFT | entryCount << COUNT_SHIFT;
    }

    static int impact(int header) {
        return header & Limits.MAX_IMPACT;
    }

    /** Bits of a gap; 20 if the header is damaged. */
    static int gapBits(int header) {
        return LEAST_BITS + STEP_BITS * ((header >>> WIDTH_SHIFT) & WIDTH_MASK);
    }

    static int entryCount(int header) {
        return header >>> COUNT_SHIFT;
    }

    /** The gap that is no posting. */
    static int skip(int gapBits) {
        return (1 << gapBits) - 1;
    }

    /** Size of so many gaps. */
    static long gapsBytes(int gapBits, int entryCount) {
        return ((long) entryCount * gapBits + Byte.SIZE - 1) / Byte.SIZE;
    }
}
