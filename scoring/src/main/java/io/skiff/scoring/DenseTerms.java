package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.BoundsKind;
import java.lang.foreign.MemorySegment;

/**
 * The essential terms of a query whose bounds are dense, in groups of up to four that are added together, by descending
 * contribution. If bounds are unpacked in memory these are those only that have a byte for every block, and the others are
 * sparse. Used again for every query.
 */
final class DenseTerms {
    /**
     * Terms that are added together: as many streams as the prefetcher follows, and their products share one rounding
     * and one shift.
     */
    static final int FOUR = 4;

    private int[] positions = {};
    private MemorySegment[] expanded = {};
    private int count;

    /**
     * Starts over.
     *
     * @param unpacks whether bounds are read unpacked
     */
    void reset(BlockMaxReader blocks, SegmentTerms terms, boolean unpacks) {
        clear(terms.essentialCount());
        for (int i = 0; i < terms.essentialCount(); i++) {
            int termId = terms.termId(i);
            if (isDense(blocks, termId, unpacks)) {
                add(i, unpacks ? blocks.unpackedBounds(termId) : null);
            }
        }
    }

    /** Whether the bounds of a term are added as dense ones; else they are scattered. */
    static boolean isDense(BlockMaxReader blocks, int termId, boolean unpacks) {
        return blocks.boundsKind(termId) == BoundsKind.DENSE && (!unpacks || blocks.isExpanded(termId));
    }

    /** Empties it, for a query of so many essential terms. */
    void clear(int essentialCount) {
        if (positions.length < essentialCount) {
            positions = new int[essentialCount];
            expanded = new MemorySegment[essentialCount];
        }
        count = 0;
    }

    /** Adds a term, with its expanded bounds if it has any. */
    void add(int position, MemorySegment maxima) {
        positions[count] = position;
        expanded[count++] = maxima;
    }

    int count() {
        return count;
    }

    /** Where a term is among all of the query. */
    int position(int i) {
        return positions[i];
    }

    /** The expanded bounds of a term, or null. */
    MemorySegment expanded(int i) {
        return expanded[i];
    }

    /** Where the group that starts at a term ends, exclusively. */
    int groupEnd(int first) {
        return Math.min(first + FOUR, count);
    }
}
