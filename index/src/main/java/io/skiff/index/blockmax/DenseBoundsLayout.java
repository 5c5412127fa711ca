package io.skiff.index.blockmax;

/**
 * The bounds of a frequent term: a bit per block that has the term, and the term's largest impact in each such block.
 *
 * <pre>
 *   0     +----------------------------------+
 *         | presence of blocks 0..63    u64  |
 *   8     | presence of blocks 64..127  u64  |
 *         | ...                              |
 *   8 n   +----------------------------------+
 *         | maximum, one per set bit    u8   |
 *         | ...                              |
 *         +----------------------------------+
 *
 *   bit of a word    0   1   2   3   4   5  ..  62  63
 *   block 64 g +     0  32   1  33   2  34  ..  31  63
 * </pre>
 *
 * <p>Bits alternate between the halves of a group, so that after an expansion of bytes by the word the even bytes are
 * 32 consecutive blocks and the odd bytes the next 32: widening to 16 bits is a mask and a shift, not a shuffle.
 */
public final class DenseBoundsLayout {
    /** Blocks in a word of presence bits. */
    public static final int GROUP_BLOCKS = Long.SIZE;

    /** Readable bytes after the last maximum of the file, so that a full vector may be loaded at any maximum. */
    public static final int TAIL_BYTES = 64;

    private DenseBoundsLayout() {}

    /** Words of presence bits for so many blocks. */
    public static int groupCount(int blockCount) {
        return (blockCount + GROUP_BLOCKS - 1) / GROUP_BLOCKS;
    }

    /** Offset of the first maximum from the start of the term's bounds. */
    public static long maximaOffset(int blockCount) {
        return (long) groupCount(blockCount) * Long.BYTES;
    }

    /** The bit of a block in its group's word. */
    static int bit(int block) {
        int inGroup = block % GROUP_BLOCKS;
        return inGroup < 32 ? 2 * inGroup : 2 * (inGroup - 32) + 1;
    }

    /** The block of a bit, relative to the group's first; the inverse of {@link #bit}. */
    public static int blockOfBit(int bit) {
        return (bit >>> 1) + ((bit & 1) << 5);
    }

    static long bytes(int blockCount, int withTerm) {
        return maximaOffset(blockCount) + withTerm;
    }
}
