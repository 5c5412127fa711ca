package io.skiff.index;

import java.util.List;

/**
 * What a {@link SegmentBuilder} has written.
 *
 * @param segment its files
 * @param fields its fields, by name
 */
record BuiltSegment(SegmentInfo segment, List<FieldInfo> fields) {
    /** Copies the list. */
    BuiltSegment {
        fields = List.copyOf(fields);
    }
}
