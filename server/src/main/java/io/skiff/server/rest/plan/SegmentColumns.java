package io.skiff.server.rest.plan;

import io.skiff.index.SegmentReader;
import io.skiff.index.columns.ColumnReader;
import io.skiff.index.columns.ColumnsReader;
import java.util.Optional;
import java.util.Set;

/** The columns of a segment, which may have none. */
public final class SegmentColumns {
    private SegmentColumns() {}

    /** All of them. */
    static Optional<ColumnsReader> of(SegmentReader segment) {
        return segment.columns();
    }

    /** A column; empty if no document of the segment has a value for it. */
    public static Optional<ColumnReader> column(SegmentReader segment, String name) {
        return of(segment).flatMap(columns -> columns.column(name));
    }

    /** Their names. */
    static Set<String> names(SegmentReader segment) {
        return of(segment).map(columns -> columns.columns().keySet()).orElse(Set.of());
    }
}
