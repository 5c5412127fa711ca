package io.skiff.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Segments that are built beside those of a live index, from the documents of its store, to take their place. Not safe for
 * use by several threads.
 */
public final class SegmentRebuild implements AutoCloseable {
    private final LiveSegments live;
    private final SegmentList list;
    private final List<SegmentInfo> built = new ArrayList<>();

    SegmentRebuild(LiveSegments live, Collection<FieldInfo> fields) {
        this.live = live;
        this.list = new SegmentList(fields);
    }

    /** The fields by name, as they will be. */
    public Map<String, FieldInfo> fields() {
        return Map.copyOf(list.fields());
    }

    /** Starts a segment, as {@link LiveSegments#newSegment} does. */
    public SegmentBuilder newSegment(Map<String, FieldOptions> newFields, BuildOptions options) throws IOException {
        return live.newSegment(list, newFields, options);
    }

    /** Deletes documents, then puts a segment behind the others, as {@link LiveSegments#append} does. */
    public void append(Collection<String> deleted, Optional<SegmentBuilder> builder) throws IOException {
        list.delete(deleted);
        if (builder.isPresent() && builder.get().documentCount() > 0) {
            LiveSegments.Added added = live.finish(builder.get());
            built.add(added.segment().info());
            list.add(added.segment(), added.fields());
        }
    }

    SegmentList list() {
        return list;
    }

    /** Unless they have taken their place: gives the segments up. */
    @Override
    public void close() throws IOException {
        if (!list.segments().isEmpty()) {
            list.release();
            live.discard(built);
        }
    }
}
