package io.skiff.index.blockmax;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The block-max structures of a segment, mapped. Safe for use by several threads as long as the mapping lives.
 *
 * <p>The constructor verifies the shapes of the streams against each other; what the streams hold is covered by their
 * files' checksums. Every read is bounds-checked by {@link MemorySegment}.
 */
public final class BlockMaxReader {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment terms;
    private final MemorySegment bounds;
    private final MemorySegment offsets;
    private final MemorySegment records;
    private final int documentCount;
    private final int blockShift;
    private final int blockCount;
    private final int termCount;
    private final int slotCount;
    private final RecordLayout recordLayout;
    private final UnpackedBounds unpacked;

    /**
     * Reads over the four streams that a {@link BlockMaxPlan} is for.
     *
     * @param memory holds what {@link #unpackedBounds} makes; may be closed with the mapping
     * @throws IllegalArgumentException if they do not fit each other or the segment, saying which and how
     */
    public BlockMaxReader(
            MemorySegment terms,
            MemorySegment bounds,
            MemorySegment offsets,
            MemorySegment records,
            int documentCount,
            int termCount,
            Arena memory) {
        this.terms = terms;
        this.bounds = bounds;
        this.offsets = offsets;
        this.records = records;
        this.documentCount = documentCount;
        expect("bytes of the block-max term table", BlockTermsLayout.termOffset(termCount), terms.byteSize());
        expect("documents in it", documentCount, terms.get(INT, BlockTermsLayout.DOCUMENT_COUNT_OFFSET));
        expect("terms in it", termCount, terms.get(INT, BlockTermsLayout.TERM_COUNT_OFFSET));
        this.blockShift = terms.get(INT, BlockTermsLayout.BLOCK_SHIFT_OFFSET);
        if (blockShift != 2 && blockShift != 3) {
            throw new IllegalArgumentException("block shift must be 2 or 3, got " + blockShift);
        }
        this.blockCount = BlockMaxPlan.blockCount(documentCount, blockShift);
        this.termCount = termCount;
        this.unpacked = new UnpackedBounds(this, memory);
        this.slotCount = terms.get(INT, BlockTermsLayout.SLOT_COUNT_OFFSET);
        int rareCount = terms.get(INT, BlockTermsLayout.RARE_COUNT_OFFSET);
        expect("slots and rare terms", termCount, (long) slotCount + rareCount);
        int offsetBytes = terms.get(INT, BlockTermsLayout.OFFSET_WIDTH_OFFSET);
        if (slotCount < 0 || rareCount < 0 || (offsetBytes != Short.BYTES && offsetBytes != Integer.BYTES)) {
            throw new IllegalArgumentException("impossible shape of records: " + slotCount + " slots, " + rareCount
                    + " rare terms, offsets of " + offsetBytes + " bytes");
        }
        this.recordLayout = RecordLayout.of(slotCount, rareCount, offsetBytes);
        expect("bytes of the record offsets", RecordLayout.offsetTableBytes(blockCount), offsets.byteSize());
        expect("bytes of the records", recordStart(blockCount), records.byteSize());
        if (bounds.byteSize() < DenseBoundsLayout.TAIL_BYTES) {
            throw new IllegalArgumentException("bounds must end in " + DenseBoundsLayout.TAIL_BYTES
                    + " bytes of padding, got " + bounds.byteSize() + " in all");
        }
    }

    /** Documents in the segment. */
    public int documentCount() {
        return documentCount;
    }

    /** Documents in a block, as a power of two. */
    public int blockShift() {
        return blockShift;
    }

    /** Blocks in the segment; the last may be partly filled. */
    public int blockCount() {
        return blockCount;
    }

    /** Terms in the segment. */
    public int termCount() {
        return termCount;
    }

    /** Terms that records name by a slot; the others are rare. */
    int slotCount() {
        return slotCount;
    }

    /** How records are laid out. */
    public RecordLayout recordLayout() {
        return recordLayout;
    }

    /** The bounds of all terms. */
    public MemorySegment bounds() {
        return bounds;
    }

    /** The records of all blocks. */
    public MemorySegment records() {
        return records;
    }

    /** Where the record of a block starts; for {@link #blockCount()}, where the last ends. */
    public long recordStart(int block) {
        return offsets.get(LONG, (long) block * Long.BYTES);
    }

    /** Where the bounds of a term start. */
    public long boundsOffset(int termId) {
        return terms.get(LONG, entry(termId) + BlockTermLayout.BOUNDS_OFFSET_OFFSET);
    }

    /** Where the bounds of a term end. */
    public long boundsEnd(int termId) {
        return termId + 1 < termCount ? boundsOffset(termId + 1) : bounds.byteSize() - DenseBoundsLayout.TAIL_BYTES;
    }

    /**
     * The bounds of a term whose bounds are dense in a form that is larger and quicker to add up. The first call for a term
     * takes the time to read all of its bounds, and memory that is kept, two bytes for each block that has it, or one for
     * each block of the segment.
     *
     * @return if {@link #isExpanded}, a byte for every block of every group of 64, in the order of the bits of its presence
     *     word; else pairs as in {@link GapBoundsLayout}
     */
    public MemorySegment unpackedBounds(int termId) {
        return unpacked.of(termId);
    }

    /** Whether the unpacked bounds of a term whose bounds are dense have a byte for every block. */
    public boolean isExpanded(int termId) {
        return unpacked.isExpanded(termId);
    }

    /** How the bounds of a term are written. */
    public BoundsKind boundsKind(int termId) {
        return BoundsKind.of(terms.get(INT, entry(termId) + BlockTermLayout.BOUNDS_KIND_OFFSET));
    }

    /** Blocks that have a term. */
    public int blockCount(int termId) {
        return terms.get(INT, entry(termId) + BlockTermLayout.BLOCK_COUNT_OFFSET);
    }

    /** How records name a term: a slot, or, if negative, the complement of a rare term's ordinal. */
    public int recordKey(int termId) {
        return terms.get(INT, entry(termId) + BlockTermLayout.RECORD_KEY_OFFSET);
    }

    private static long entry(int termId) {
        return BlockTermsLayout.termOffset(termId);
    }

    private static void expect(String what, long expected, long actual) {
        if (expected != actual) {
            throw new IllegalArgumentException(what + ": expected " + expected + ", got " + actual);
        }
    }
}
