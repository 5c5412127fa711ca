package io.skiff.index.blockmax;

import java.io.IOException;
import java.io.OutputStream;

/**
 * How the block-max structures of a segment are laid out, known once its postings are counted; what is written after
 * that needs one term, or one block, at a time, and may be encoded by several threads.
 */
public final class BlockMaxPlan {
    private final int documentCount;
    private final int blockShift;
    private final int blockCount;
    private final int fullestBlock;
    private final TermTable table;
    private final RecordLayout layout;
    private final int[] ranks;
    private final int[] keysInRecordOrder;

    /**
     * Plans for a segment.
     *
     * @param postingCounts postings of each term, by termId
     * @param blockCounts blocks that have each term
     * @param fullestBlock the most postings of a block
     * @throws IllegalArgumentException if the segment does not {@linkplain #fits fit}
     */
    public BlockMaxPlan(
            int documentCount, BlockMaxOptions options, int[] postingCounts, int[] blockCounts, int fullestBlock) {
        if (!fits(documentCount, postingCounts.length, options)) {
            throw new IllegalArgumentException("a segment of " + documentCount + " documents and "
                    + postingCounts.length + " terms cannot have block-max structures");
        }
        this.documentCount = documentCount;
        this.blockShift = options.blockShift();
        this.blockCount = blockCount(documentCount, blockShift);
        this.fullestBlock = fullestBlock;
        this.table = new TermTable(postingCounts, blockCounts, blockCount);
        this.layout = table.layout(fullestBlock);
        this.ranks = table.ranks();
        this.keysInRecordOrder = table.keysInRecordOrder();
    }

    /** Whether a segment of this size is to have block-max structures, and can. */
    public static boolean isWanted(int documentCount, int termCount, BlockMaxOptions options) {
        return documentCount >= options.leastDocumentCount() && fits(documentCount, termCount, options);
    }

    /** Whether a segment of this size can have block-max structures. */
    public static boolean fits(int documentCount, int termCount, BlockMaxOptions options) {
        int blockCount = blockCount(documentCount, options.blockShift());
        return documentCount > 0
                && blockCount <= ListBoundsLayout.MAX_BLOCKS
                && termCount <= RecordLayout.MAX_RARE_TERMS;
    }

    /** Blocks of so many documents. */
    public static int blockCount(int documentCount, int blockShift) {
        return (int) ((documentCount + (1L << blockShift) - 1) >>> blockShift);
    }

    /** Documents in a block, as a power of two. */
    public int blockShift() {
        return blockShift;
    }

    /** An encoder of bounds, which go into their stream by termId; see {@link #putBounds} and {@link #boundsTail}. */
    public BoundsEncoder newBoundsEncoder() {
        return new BoundsEncoder(blockCount, blockShift);
    }

    /** An encoder of records, which go into their stream by block, their offsets, as i64, into another. */
    public BlockEncoder newBlockEncoder() {
        return new BlockEncoder(ranks, new RecordEncoder(layout, keysInRecordOrder, fullestBlock), fullestBlock);
    }

    /** Says where the bounds of a term were written, and how. */
    public void putBounds(int termId, long offset, BoundsKind kind) {
        table.putBounds(termId, offset, kind);
    }

    /** What the stream of bounds ends in. */
    public byte[] boundsTail() {
        return new byte[DenseBoundsLayout.TAIL_BYTES];
    }

    /** Writes the table of terms, after the bounds of all. */
    public void writeTerms(OutputStream out) throws IOException {
        table.write(blockShift, documentCount, layout, out);
    }
}
