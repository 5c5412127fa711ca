package io.skiff.index;

/**
 * How large a segment is.
 *
 * @param documentCount documents, deleted ones too
 * @param liveCount documents that are not deleted
 * @param bytes of its files, but for the deletions
 */
public record SegmentSize(int documentCount, int liveCount, long bytes) {
    /** Whether some document is deleted. */
    public boolean hasDeletions() {
        return liveCount < documentCount;
    }

    static SegmentSize of(EditedSegment segment) {
        long bytes =
                segment.info().files().stream().mapToLong(FileInfo::fileBytes).sum();
        return new SegmentSize(segment.documentCount(), segment.liveCount(), bytes);
    }
}
