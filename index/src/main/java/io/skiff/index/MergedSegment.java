package io.skiff.index;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * What a merge has made, and of what.
 *
 * @param sources the segments in order
 * @param built what takes their place; empty if all their documents were deleted
 * @param dropped what the fields lose
 */
record MergedSegment(List<Source> sources, Optional<BuiltSegment> built, Map<String, SegmentMerger.Dropped> dropped) {
    /**
     * A segment and the documents of it that the merge took.
     *
     * @param live those that were not deleted when it began
     */
    record Source(EditedSegment segment, LiveDocs live) {}

    /** Builds the segment. */
    static MergedSegment build(
            List<Source> sources,
            SegmentBuilder builder,
            Map<String, FieldInfo> fields,
            MergePace pace,
            LongPredicate claim)
            throws IOException {
        Map<String, Quantizer> quantizers = new HashMap<>();
        fields.forEach((name, field) -> quantizers.put(name, field.quantizer()));
        SegmentMerger merger = new SegmentMerger(builder, quantizers, pace);
        builder.expect(sources.stream()
                .mapToLong(source -> source.segment().mapped().reader().postingCount())
                .sum());
        for (Source source : sources) {
            merger.add(source.segment().mapped().reader(), source.live());
        }
        Optional<BuiltSegment> built =
                builder.documentCount() == 0 ? Optional.empty() : Optional.of(builder.finish(claim));
        return new MergedSegment(sources, built, merger.dropped());
    }

    /** Brings deletions over that came since the merge began. */
    void deleteWhatWasDeletedMeanwhile(EditedSegment merged) {
        int mergedDocId = 0;
        for (Source source : sources) {
            boolean isSame = source.live().liveCount() == source.segment().liveCount();
            if (isSame) {
                mergedDocId += source.live().liveCount();
                continue;
            }
            for (int docId = 0; docId < source.segment().documentCount(); docId++) {
                if (source.live().isLive(docId)) {
                    if (!source.segment().isLive(docId)) {
                        merged.delete(mergedDocId);
                    }
                    mergedDocId++;
                }
            }
        }
    }
}
