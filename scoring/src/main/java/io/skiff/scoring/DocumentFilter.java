package io.skiff.scoring;

/**
 * The documents that a search may return. Deleted documents are never returned and need no filter.
 *
 * <p>A filter is asked once per segment and search, on the searching threads; it is the caller's to cache.
 */
@FunctionalInterface
public interface DocumentFilter {
    /**
     * The accepted documents of a segment, a bit each: document {@code d} is bit {@code d % 64} of word {@code d / 64}.
     * Only read. Bits behind the segment's last document do not matter.
     *
     * @param segment position in {@code IndexReader.segments()}
     * @return as many words as the segment's documents need, or more; null if all are accepted
     */
    long[] accepted(int segment);
}
