package io.skiff.index.blockmax;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes the block-max structures of a segment from its term-major postings, in bounded memory: some bytes per block and
 * term, and one slab of postings.
 */
public final class BlockMaxWriter {
    private BlockMaxWriter() {}

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

    /**
     * Writes all four streams. The same postings and options give the same bytes.
     *
     * @throws IllegalArgumentException if the segment does not {@linkplain #fits fit}
     */
    public static void write(PostingsSource postings, BlockMaxOptions options, BlockMaxSinks sinks) throws IOException {
        if (!fits(postings.documentCount(), postings.termCount(), options)) {
            throw new IllegalArgumentException("a segment of " + postings.documentCount() + " documents and "
                    + postings.termCount() + " terms cannot have block-max structures");
        }
        int blockCount = blockCount(postings.documentCount(), options.blockShift());
        TermTable table = new TermTable(postings.termCount());
        int[] entryCounts = new int[blockCount];
        writeBounds(postings, options, table, entryCounts, sinks.bounds());
        table.assignKeys(blockCount);
        RecordLayout layout = table.layout(entryCounts);
        writeRecords(postings, options, table, layout, entryCounts, sinks);
        table.write(options.blockShift(), postings.documentCount(), layout, sinks.terms());
    }

    static int blockCount(int documentCount, int blockShift) {
        return (int) ((documentCount + (1L << blockShift) - 1) >>> blockShift);
    }

    private static void writeBounds(
            PostingsSource postings, BlockMaxOptions options, TermTable table, int[] entryCounts, OutputStream out)
            throws IOException {
        TermBounds bounds = new TermBounds(entryCounts.length);
        long offset = 0;
        for (int termId = 0; termId < table.termCount(); termId++) {
            int postingCount = bounds.collect(postings, termId, options.blockShift(), entryCounts);
            table.put(termId, postingCount, bounds.count(), offset, bounds.kind());
            offset += bounds.write(out);
        }
        out.write(new byte[DenseBoundsLayout.TAIL_BYTES]);
    }

    private static void writeRecords(
            PostingsSource postings,
            BlockMaxOptions options,
            TermTable table,
            RecordLayout layout,
            int[] entryCounts,
            BlockMaxSinks sinks)
            throws IOException {
        RecordEncoder encoder = new RecordEncoder(layout, table.keysInRecordOrder(), entryCounts);
        BlockSlab slab = new BlockSlab(postings, table, options, entryCounts);
        ByteBuffer offset = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long position = 0;
        while (slab.next()) {
            for (int block = slab.firstBlock(); block < slab.endBlock(); block++) {
                sinks.offsets().write(offset.putLong(0, position).array());
                int length = encoder.encode(slab.entries(), slab.start(block), slab.end(block));
                sinks.records().write(encoder.bytes(), 0, length);
                position += length;
            }
        }
        sinks.offsets().write(offset.putLong(0, position).array());
    }
}
