package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.BoundsKind;
import io.skiff.index.blockmax.DenseBoundsLayout;
import java.lang.foreign.MemorySegment;

/** The dense terms of a query and how far the bounds pass has come in each. Used again for every query. */
final class DensePass {
    /** Where the presence word of group 0 of a term is. */
    long[] presenceOffsets = {};

    /** Where the next maximum of a term is. */
    long[] maximaOffsets = {};

    /** Groups that kernels spread at a time: scratch of 4 kB, and stores long done when they are read. */
    static final int SPREAD_GROUPS = 16;

    /**
     * Terms that are added together: as many streams as the prefetcher follows, and their products share one rounding
     * and one shift.
     */
    static final int FOUR = 4;

    /** Scratch of the kernels: spread maxima of four terms, a byte for each block. */
    final byte[][] lanes = new byte[FOUR][SPREAD_GROUPS * DenseBoundsLayout.GROUP_BLOCKS];

    /** Scratch of the kernels: products of four terms, for each block of a group. */
    final int[] products = new int[DenseBoundsLayout.GROUP_BLOCKS];

    int[] multipliers = {};

    /** Of the terms; those of a four have the same. */
    int[] shifts = {};

    int count;

    /** How many of so many dense terms, the first ones, are added in fours, of which the last may be a two or three. */
    static int inFours(int denseCount) {
        return denseCount % FOUR == 1 ? denseCount - 1 : denseCount;
    }

    /** The positions of the essential terms that are dense, ascending; returns how many there are. */
    static int positions(BlockMaxReader blocks, SegmentTerms terms, int[] positions) {
        int count = 0;
        for (int i = 0; i < terms.essentialCount(); i++) {
            if (blocks.boundsKind(terms.termId(i)) == BoundsKind.DENSE) {
                positions[count++] = i;
            }
        }
        return count;
    }

    /** Starts over, at a group, with the terms at some positions; that group will be the kernels' group 0. */
    void reset(
            BlockMaxReader blocks,
            SegmentTerms terms,
            int[] positions,
            int denseCount,
            BoundScale scale,
            int firstGroup) {
        reserve(denseCount + FOUR);
        for (int i = 0; i < denseCount; i++) {
            int position = positions[i];
            long presence = blocks.boundsOffset(terms.termId(position));
            long maxima = presence + DenseBoundsLayout.maximaOffset(blocks.blockCount());
            long start = presence + (long) firstGroup * Long.BYTES;
            add(
                    start,
                    maxima + maximaBetween(blocks.bounds(), presence, start),
                    scale.multiplier(position),
                    scale.shift(position));
        }
        while (count % FOUR > 1) {
            // Fills up a four at little cost: what a term alone costs is half of what four of them do together.
            add(presenceOffsets[count - 1], maximaOffsets[count - 1], 0, shifts[count - 1]);
        }
    }

    private static long maximaBetween(MemorySegment bounds, long start, long end) {
        long maxima = 0;
        for (long at = start; at < end; at += Long.BYTES) {
            maxima += Long.bitCount(bounds.get(LittleEndian.LONG, at));
        }
        return maxima;
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
