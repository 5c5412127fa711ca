package io.skiff.index.blockmax;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Dense bounds for machines that cannot spread packed bytes over a register by a mask, where the spreading takes four fifths
 * of the time to add bounds up: of the most frequent terms a byte for every block, of the others pairs as in {@link
 * GapBoundsLayout}. Not in any file: a term's are made when a search first asks for them, in about .1 ms for a million
 * documents, and stay in memory as long as the segment is open.
 *
 * <p>A million documents of 120 postings have 2,119 terms in a twelfth of all blocks or more, seven of eight dense terms of a
 * query: all of them together take 265 MB, and the pairs of 1,652 others 24 MB.
 */
final class UnpackedBounds {
    /**
     * Terms in so much of the blocks have a byte for every block. With an eighth of them it were 221 MB in all, and a search
     * for k=10 took 8 % longer; with all dense terms 471 MB, and 8 % less.
     */
    private static final int LEAST_SHARE = 12;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final BlockMaxReader reader;
    private final Arena memory;

    /** By term; null until the first search, since most machines need none. */
    private volatile AtomicReferenceArray<MemorySegment> terms;

    /** For the terms of a segment, in memory that may be closed with it. */
    UnpackedBounds(BlockMaxReader reader, Arena memory) {
        this.reader = reader;
        this.memory = memory;
    }

    /** Whether a term has a byte for every block. */
    boolean isExpanded(int termId) {
        return reader.blockCount(termId) >= (reader.blockCount() + LEAST_SHARE - 1) / LEAST_SHARE;
    }

    /** The bounds of a dense term in the form that it has. */
    MemorySegment of(int termId) {
        AtomicReferenceArray<MemorySegment> made = terms;
        MemorySegment known = made == null ? null : made.getAcquire(termId);
        return known == null ? make(termId) : known;
    }

    /** One thread at a time: those of one search ask for the same terms at once, and what is allocated twice stays. */
    private synchronized MemorySegment make(int termId) {
        if (terms == null) {
            terms = new AtomicReferenceArray<>(reader.termCount());
        }
        MemorySegment known = terms.get(termId);
        if (known == null) {
            known = isExpanded(termId) ? expanded(reader.boundsOffset(termId)) : pairs(termId);
            terms.setRelease(termId, known);
        }
        return known;
    }

    private MemorySegment expanded(long start) {
        int groupCount = DenseBoundsLayout.groupCount(reader.blockCount());
        MemorySegment bounds = reader.bounds();
        MemorySegment maxima = memory.allocate((long) groupCount * DenseBoundsLayout.GROUP_BLOCKS, Long.SIZE);
        long next = start + DenseBoundsLayout.maximaOffset(reader.blockCount());
        for (int group = 0; group < groupCount; group++) {
            long first = (long) group * DenseBoundsLayout.GROUP_BLOCKS;
            long present = bounds.get(LONG, start + (long) group * Long.BYTES);
            for (; present != 0; present &= present - 1, next++) {
                maxima.set(
                        ValueLayout.JAVA_BYTE,
                        first + Long.numberOfTrailingZeros(present),
                        bounds.get(ValueLayout.JAVA_BYTE, next));
            }
        }
        return maxima.asReadOnly();
    }

    private MemorySegment pairs(int termId) {
        long most = reader.blockCount(termId) + (long) reader.blockCount() / GapBoundsLayout.SKIP;
        MemorySegment pairs = memory.allocate(most * GapBoundsLayout.BYTES, Short.BYTES);
        ByteBuffer buffer = pairs.asByteBuffer();
        BoundsCursor cursor = new BoundsCursor();
        cursor.reset(reader, termId);
        for (int previous = 0; cursor.next(); previous = cursor.block()) {
            GapBoundsLayout.put(buffer, cursor.block() - previous, cursor.maximum());
        }
        return pairs.asSlice(0, buffer.position()).asReadOnly();
    }
}
