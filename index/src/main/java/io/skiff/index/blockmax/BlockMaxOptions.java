package io.skiff.index.blockmax;

/**
 * How block-max structures are built.
 *
 * @param leastDocumentCount segments of fewer documents have none, since scoring all of them is as fast
 * @param blockShift documents in a block as a power of two: 3 for 8 of them, 2 for 4, which costs more bytes and gains
 *     where bounds prune little
 */
public record BlockMaxOptions(int leastDocumentCount, int blockShift) {
    /** Blocks of 8 documents for segments of 32,768 or more. */
    public static final BlockMaxOptions DEFAULT = new BlockMaxOptions(1 << 15, 3);

    /** No segment has block-max structures. */
    public static final BlockMaxOptions NEVER = new BlockMaxOptions(Integer.MAX_VALUE, 3);

    /** Refuses blocks of other sizes. */
    public BlockMaxOptions {
        if (blockShift != 2 && blockShift != 3) {
            throw new IllegalArgumentException("block shift must be 2 or 3, got " + blockShift);
        }
    }
}
