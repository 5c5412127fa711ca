package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.BoundsKind;
import java.lang.foreign.MemorySegment;

/**
 * The terms of a query that few blocks have, and how far the bounds pass has come in each. Used again for every query.
 *
 * <p>They are added tile by tile, as the dense terms are, while a tile's sums are in the first-level cache: to scatter
 * over all sums takes half as long again.
 */
final class SparsePass {
    /** What holds the bounds of a term. */
    private MemorySegment[] sources = {};

    /** Where the next bound of a term is. */
    long[] positions = {};

    /** Where the bounds of a term end. */
    long[] ends = {};

    /** The block of the last bound that was read, counted from the first of the range. */
    int[] blocks = {};

    int[] multipliers = {};
    int[] shifts = {};
    private boolean[] isList = {};
    private int count;

    /** The first block of the range. */
    int firstBlock;

    /**
     * Starts over with the essential terms that are not dense.
     *
     * @param unpacks whether bounds that are dense in the file are read unpacked
     */
    void reset(BlockMaxReader reader, SegmentTerms terms, BoundScale scale, BlockRange range, boolean unpacks) {
        reserve(terms.essentialCount());
        firstBlock = range.firstBlock();
        count = 0;
        for (int i = 0; i < terms.essentialCount(); i++) {
            int termId = terms.termId(i);
            if (!DenseTerms.isDense(reader, termId, unpacks)) {
                BoundsKind kind = reader.boundsKind(termId);
                boolean isUnpacked = kind == BoundsKind.DENSE;
                sources[count] = isUnpacked ? reader.unpackedBounds(termId) : reader.bounds();
                positions[count] = isUnpacked ? 0 : reader.boundsOffset(termId);
                ends[count] = isUnpacked ? sources[count].byteSize() : reader.boundsEnd(termId);
                blocks[count] = -firstBlock;
                multipliers[count] = scale.multiplier(i);
                shifts[count] = scale.shift(i);
                isList[count++] = kind == BoundsKind.LIST;
            }
        }
    }

    /** Adds what the terms have before a block, counted from the first of the range, and was not added before. */
    void add(MemorySegment sums, int endBlock) {
        for (int term = 0; term < count; term++) {
            if (isList[term]) {
                ScatterKernels.addList(sources[term], this, term, sums, endBlock);
            } else {
                ScatterKernels.addGaps(sources[term], this, term, sums, endBlock);
            }
        }
    }

    private void reserve(int termCount) {
        if (positions.length < termCount) {
            sources = new MemorySegment[termCount];
            positions = new long[termCount];
            ends = new long[termCount];
            blocks = new int[termCount];
            multipliers = new int[termCount];
            shifts = new int[termCount];
            isList = new boolean[termCount];
        }
    }
}
