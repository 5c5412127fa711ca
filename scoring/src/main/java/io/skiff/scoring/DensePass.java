package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.BoundsKind;
import io.skiff.index.blockmax.DenseBoundsLayout;

/** The dense terms of a query and how far the bounds pass has come in each. Used again for every query. */
final class DensePass {
    /** Where the presence word of group 0 of a term is. */
    long[] presenceOffsets = {};

    /** Where the next maximum of a term is. */
    long[] maximaOffsets = {};

    int[] multipliers = {};
    int[] shifts = {};
    int count;

    /** Starts over, at block 0, with the terms that are dense. */
    void reset(BlockMaxReader blocks, SegmentTerms terms, BoundScale scale) {
        reserve(terms.count());
        for (int i = 0; i < terms.count(); i++) {
            int termId = terms.termId(i);
            if (blocks.boundsKind(termId) == BoundsKind.DENSE) {
                long start = blocks.boundsOffset(termId);
                add(
                        start,
                        start + DenseBoundsLayout.maximaOffset(blocks.blockCount()),
                        scale.multiplier(i),
                        scale.shift(i));
            }
        }
    }

    /** Empties it and makes room for so many terms. */
    void reserve(int termCount) {
        count = 0;
        if (presenceOffsets.length < termCount) {
            presenceOffsets = new long[termCount];
            maximaOffsets = new long[termCount];
            multipliers = new int[termCount];
            shifts = new int[termCount];
        }
    }

    void add(long presenceOffset, long maximaOffset, int multiplier, int shift) {
        presenceOffsets[count] = presenceOffset;
        maximaOffsets[count] = maximaOffset;
        multipliers[count] = multiplier;
        shifts[count++] = shift;
    }

    /** Says where the next maxima of four terms are. */
    void move(int term, long next0, long next1, long next2, long next3) {
        maximaOffsets[term] = next0;
        maximaOffsets[term + 1] = next1;
        maximaOffsets[term + 2] = next2;
        maximaOffsets[term + 3] = next3;
    }
}
