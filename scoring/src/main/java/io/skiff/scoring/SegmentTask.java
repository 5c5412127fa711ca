package io.skiff.scoring;

import io.skiff.index.SegmentReader;

/**
 * A segment, or a part of it, to be searched.
 *
 * @param segment the segment
 * @param firstOrdinal documents in the segments before
 * @param accepted its documents that may be hits
 * @param stop when to end early
 */
record SegmentTask(SegmentReader segment, long firstOrdinal, AcceptedDocs accepted, StopSignal stop) {}
