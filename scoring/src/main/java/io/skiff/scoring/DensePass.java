package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.DenseBoundsLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The dense terms of a query, in groups of one and of four, and how far the bounds pass has come in each. Used again for
 * every query.
 */
final class DensePass {
    /** Terms of a group that is not of one. */
    static final int FOUR = DenseTerms.FOUR;

    /** Groups of blocks that kernels spread at a time: scratch of 4 kB, and stores long done when they are read. */
    static final int SPREAD_GROUPS = 16;

    /** Where the presence word of group 0 of a term is. */
    long[] presenceOffsets = {};

    /** Where the next maximum of a term is. */
    long[] maximaOffsets = {};

    /** The expanded bounds of the terms; null for those, whole groups of terms, that are read packed. */
    MemorySegment[] expanded = {};

    /** Where group 0 is in expanded bounds. */
    long expandedStart;

    int[] multipliers = {};

    /** Of the terms; those of a group have the same. */
    int[] shifts = {};

    /** How many terms are in the group that starts at a term. */
    int[] groupSizes = {};

    int count;

    /** Scratch of the kernels: spread maxima of four terms, a byte for each block; off-heap as expanded bounds are. */
    final MemorySegment[] lanes = new MemorySegment[FOUR];

    /** Scratch of the kernels: products of four terms, for each block of a group. */
    final int[] products = new int[DenseBoundsLayout.GROUP_BLOCKS];

    DensePass() {
        for (int i = 0; i < FOUR; i++) {
            lanes[i] = Arena.ofAuto().allocate(SPREAD_GROUPS * DenseBoundsLayout.GROUP_BLOCKS, Long.SIZE);
        }
    }

    /** Starts over, at a group of blocks, with some terms; that group will be the kernels' group 0. */
    void reset(BlockMaxReader blocks, SegmentTerms terms, DenseTerms dense, BoundScale scale, int firstGroup) {
        reserve(dense.count() + FOUR);
        expandedStart = (long) firstGroup * DenseBoundsLayout.GROUP_BLOCKS;
        for (int first = 0, end; first < dense.count(); first = end) {
            end = dense.groupEnd(first);
            for (int i = first; i < end; i++) {
                int position = dense.position(i);
                long presence = blocks.boundsOffset(terms.termId(position));
                long maxima = presence + DenseBoundsLayout.maximaOffset(blocks.blockCount());
                long start = presence + (long) firstGroup * Long.BYTES;
                expanded[count] = dense.expanded(i);
                // Expanded bounds are read by the block.
                long before = expanded[count] != null ? 0 : maximaBetween(blocks.bounds(), presence, start);
                add(start, maxima + before, scale.multiplier(position), scale.shift(position));
            }
            endGroup(end - first);
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
            expanded = new MemorySegment[termCount];
            multipliers = new int[termCount];
            shifts = new int[termCount];
            groupSizes = new int[termCount];
        }
    }

    /** Adds a term; {@link #expanded} says how it is read. */
    void add(long presenceOffset, long maximaOffset, int multiplier, int shift) {
        presenceOffsets[count] = presenceOffset;
        maximaOffsets[count] = maximaOffset;
        multipliers[count] = multiplier;
        shifts[count++] = shift;
    }

    /** Makes the last so many terms a group. */
    void endGroup(int termCount) {
        int first = count - termCount;
        if (termCount == 1) {
            groupSizes[first] = 1;
            return;
        }
        groupSizes[first] = FOUR;
        for (int i = termCount; i < FOUR; i++) {
            // Fills it up at little cost: what a term alone costs is half of what four of them do together.
            expanded[count] = expanded[count - 1];
            add(presenceOffsets[count - 1], maximaOffsets[count - 1], 0, shifts[count - 1]);
        }
    }

    /** Says where the next maxima of four terms are. */
    void move(int term, long next0, long next1, long next2, long next3) {
        maximaOffsets[term] = next0;
        maximaOffsets[term + 1] = next1;
        maximaOffsets[term + 2] = next2;
        maximaOffsets[term + 3] = next3;
    }
}
