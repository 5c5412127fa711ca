package io.skiff.scoring;

import io.skiff.index.SegmentReader;
import java.lang.foreign.MemorySegment;

/**
 * The documents of a segment that are not deleted, a bit each, on the heap, where filters are too: two kinds of memory in
 * one loop would cost more than the copy, an eighth of a byte per document and snapshot.
 *
 * @param words as {@link DocumentFilter} has them; null if no document is deleted
 */
@SuppressWarnings("ArrayRecordComponent")
record LiveWords(long[] words) {
    static LiveWords of(SegmentReader segment) {
        MemorySegment bits = segment.liveDocs();
        return new LiveWords(bits == null ? null : bits.toArray(LittleEndian.LONG));
    }
}
