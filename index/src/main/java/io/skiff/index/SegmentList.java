package io.skiff.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Segments in order of insertion, and what their fields are. Not safe for use by several threads. */
final class SegmentList {
    private final List<EditedSegment> segments = new ArrayList<>();
    private final Map<String, FieldInfo> fields = new LinkedHashMap<>();

    /** No segments, but what was decided of fields. */
    SegmentList(Collection<FieldInfo> fieldInfos) {
        fieldInfos.forEach(field -> fields.put(field.name(), field));
    }

    List<EditedSegment> segments() {
        return segments;
    }

    Map<String, FieldInfo> fields() {
        return fields;
    }

    /** The fields by name. */
    List<FieldInfo> sortedFields() {
        return fields.values().stream().sorted(FieldInfo.BY_NAME).toList();
    }

    /** What a further segment is built with, given options of fields that are not here yet. */
    Map<String, FieldOptions> fieldOptions(Map<String, FieldOptions> newFields) {
        Map<String, FieldOptions> options = new LinkedHashMap<>(newFields);
        fields.forEach((name, field) -> options.put(name, field.options()));
        return options;
    }

    /** Deletes the documents of ids; whether there were any. */
    boolean delete(Collection<String> ids) {
        boolean changed = false;
        for (String id : ids) {
            for (EditedSegment segment : segments) {
                changed |= segment.delete(id);
            }
        }
        return changed;
    }

    /** Puts a segment behind the others. */
    void add(EditedSegment segment, List<FieldInfo> itsFields) {
        segments.add(segment);
        itsFields.forEach(field -> fields.merge(field.name(), field, FieldInfo::plus));
    }

    /**
     * Puts what a merge made in the place of its sources.
     *
     * @param added what it made, or null if there was nothing left
     * @return false, and nothing has changed, if the sources are no longer here
     */
    boolean replace(MergedSegment merged, EditedSegment added) {
        List<EditedSegment> sources =
                merged.sources().stream().map(MergedSegment.Source::segment).toList();
        int at = segments.indexOf(sources.getFirst());
        if (at < 0 || at + sources.size() > segments.size()) {
            return false;
        }
        List<EditedSegment> replaced = segments.subList(at, at + sources.size());
        if (!replaced.equals(sources)) {
            return false;
        }
        if (added != null) {
            merged.deleteWhatWasDeletedMeanwhile(added);
        }
        merged.dropped()
                .forEach((name, count) -> fields.computeIfPresent(
                        name, (key, field) -> field.minus(count.documentCount(), count.postingCount())));
        replaced.clear();
        if (added != null) {
            segments.add(at, added);
        }
        return true;
    }

    /** Takes the place of everything here. */
    void become(SegmentList other) {
        segments.clear();
        segments.addAll(other.segments);
        fields.clear();
        fields.putAll(other.fields);
        other.segments.clear();
    }

    /** Lets go of all segments. */
    void release() {
        segments.forEach(segment -> segment.mapped().release());
        segments.clear();
    }
}
