package io.skiff.server.collection;

import io.skiff.encoder.TokenStatistics;
import io.skiff.index.FieldInfo;
import io.skiff.index.IndexReader;
import io.skiff.index.SegmentReader;

/** Counts what token pruning has to know of a field. */
final class FieldTokens {
    private FieldTokens() {}

    static TokenStatistics of(IndexReader reader, String field) {
        long documents = reader.field(field).map(FieldInfo::documentCount).orElse(0L);
        long postings = reader.field(field).map(FieldInfo::postingCount).orElse(0L);
        long unique = 0;
        for (SegmentReader segment : reader.segments()) {
            unique = Math.max(unique, segment.termCount(field));
        }
        return new TokenStatistics(documents, postings, unique, reader.statistics(field));
    }
}
