package io.skiff.scoring;

import io.skiff.index.SegmentReader;
import java.lang.foreign.MemorySegment;

/**
 * A segment in its place in the index.
 *
 * @param reader the segment
 * @param number its position in the index
 * @param firstOrdinal documents in the segments before
 * @param live the documents that are not deleted, a bit each, as {@link DocumentFilter} has them, or null if all are; on
 *     the heap, where filters are too, as loops over two kinds of memory would cost more than the copy
 */
@SuppressWarnings("ArrayRecordComponent")
record SearchedSegment(SegmentReader reader, int number, long firstOrdinal, long[] live) {
    static SearchedSegment of(SegmentReader reader, int number, long firstOrdinal) {
        MemorySegment bits = reader.liveDocs();
        return new SearchedSegment(reader, number, firstOrdinal, bits == null ? null : bits.toArray(LittleEndian.LONG));
    }

    int documentCount() {
        return reader.documentCount();
    }

    /** Makes ready to search it: {@code scratch.terms} and {@code scratch.accepted} will be this segment's. */
    SegmentTask task(QueryPlan plan, SearchOptions options, StopSignal stop, Scratch scratch) {
        scratch.terms.resolve(reader, plan);
        long[] filtered = options.filter().isPresent() ? options.filter().get().accepted(number) : null;
        scratch.accepted.reset(live, filtered, documentCount());
        return new SegmentTask(reader, firstOrdinal, scratch.accepted, stop);
    }
}
