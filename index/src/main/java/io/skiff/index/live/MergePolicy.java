package io.skiff.index.live;

import io.skiff.index.Limits;
import io.skiff.index.SegmentSize;
import java.util.List;
import java.util.Optional;

/**
 * Which segments to merge. Only adjacent ones, since the order of segments is the order of insertion, which breaks ties.
 *
 * <p>A segment's level is the logarithm of its live documents to the base of the merge factor. From the oldest on,
 * segments are grouped: a group ends with the last segment whose level is the highest of those that are left. A group that
 * has as many segments as the merge factor gives up that many of its smallest neighbors. So each level has fewer segments
 * than the factor, and a document is merged about once a level.
 *
 * @param mergeFactor 2 or more
 */
record MergePolicy(int mergeFactor) {
    /** Segments of fewer documents are all of the lowest level: merging those costs little. */
    private static final int LEAST_DOCUMENTS = 1_000;

    /** The share of deleted documents from which on a segment is written again alone. */
    private static final double DELETED_SHARE = 0.4;

    /** Adjacent segments. */
    record Run(int first, int count) {}

    /** What to merge next, if anything. */
    Optional<Run> select(List<SegmentSize> segments) {
        for (int i = 0; i < segments.size(); i++) {
            SegmentSize size = segments.get(i);
            if (size.documentCount() - size.liveCount() > DELETED_SHARE * size.documentCount()) {
                return Optional.of(new Run(i, 1));
            }
        }
        for (int start = 0; start < segments.size(); ) {
            int end = groupEnd(segments, start);
            if (end - start >= mergeFactor) {
                return Optional.of(smallest(segments, start, end, mergeFactor)).filter(run -> fits(segments, run));
            }
            start = end;
        }
        return Optional.empty();
    }

    /** What to merge so that few enough are left, if it is too many. */
    static Optional<Run> selectForced(List<SegmentSize> segments, int maxSegments) {
        if (segments.size() <= maxSegments) {
            return Optional.empty();
        }
        int count = segments.size() - maxSegments + 1;
        return Optional.of(smallest(segments, 0, segments.size(), count)).filter(run -> fits(segments, run));
    }

    private static boolean fits(List<SegmentSize> segments, Run run) {
        return documents(segments, run.first(), run.count()) <= Limits.MAX_SEGMENT_DOCUMENTS;
    }

    private int groupEnd(List<SegmentSize> segments, int start) {
        int highest = 0;
        int end = start + 1;
        for (int i = start; i < segments.size(); i++) {
            int level = level(segments.get(i).liveCount());
            if (level >= highest) {
                highest = level;
                end = i + 1;
            }
        }
        return end;
    }

    private int level(int documents) {
        int level = 0;
        for (long size = LEAST_DOCUMENTS; size < documents; size *= mergeFactor) {
            level++;
        }
        return level;
    }

    private static Run smallest(List<SegmentSize> segments, int start, int end, int count) {
        int best = start;
        for (int first = start; first + count <= end; first++) {
            if (documents(segments, first, count) < documents(segments, best, count)) {
                best = first;
            }
        }
        return new Run(best, count);
    }

    private static long documents(List<SegmentSize> segments, int first, int count) {
        return segments.subList(first, first + count).stream()
                .mapToLong(SegmentSize::liveCount)
                .sum();
    }
}
