package io.skiff.index.blockmax;

/**
 * How block-max structures are built.
 *
 * @param leastDocumentCount segments of fewer documents have none, since scoring all of them is as fast
 * @param blockShift documents in a block as a power of two: 3 for 8 of them, 2 for 4, which costs more bytes and gains
 *     where bounds prune little
 * @param slabPostings postings turned from term-major to block-major at a time, 8 bytes of heap each; every slab reads
 *     the postings once more
 */
public record BlockMaxOptions(int leastDocumentCount, int blockShift, int slabPostings) {
    /** Blocks of 8 documents for segments of 32,768 or more, built in slabs of 128 MiB. */
    public static final BlockMaxOptions DEFAULT = new BlockMaxOptions(1 << 15, 3, 16 << 20);

    /** No segment has block-max structures. */
    public static final BlockMaxOptions NEVER = new BlockMaxOptions(Integer.MAX_VALUE, 3, 1);

    /** Refuses blocks of other sizes and empty slabs. */
    public BlockMaxOptions {
        if (blockShift != 2 && blockShift != 3) {
            throw new IllegalArgumentException("block shift must be 2 or 3, got " + blockShift);
        }
        if (slabPostings < 1) {
            throw new IllegalArgumentException("slab must hold at least 1 posting, got " + slabPostings);
        }
    }
}
