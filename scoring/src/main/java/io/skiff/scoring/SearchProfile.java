package io.skiff.scoring;

import java.util.List;

/**
 * A search with an account of it.
 *
 * @param topDocs what it found
 * @param planNanos time to make the query ready
 * @param segments what it did, segment by segment
 */
public record SearchProfile(TopDocs topDocs, long planNanos, List<SegmentProfile> segments) {
    /** Copies the list. */
    public SearchProfile {
        segments = List.copyOf(segments);
    }
}
