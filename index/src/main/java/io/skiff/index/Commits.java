package io.skiff.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Makes the segments of a live index durable, one commit after the other. Not safe for use by several threads unless said. */
final class Commits {
    /**
     * What is to be committed.
     *
     * @param segments in order of insertion
     * @param deletions those of the segments that were not committed yet
     * @param fields by name
     * @param sequenceNumber the last change of the document store that the segments have
     */
    record State(
            List<EditedSegment> segments,
            List<EditedSegment.Pending> deletions,
            List<FieldInfo> fields,
            long sequenceNumber) {
        /** The list as it is. */
        static State of(SegmentList list, long sequenceNumber) {
            List<EditedSegment.Pending> deletions = new ArrayList<>();
            for (EditedSegment segment : list.segments()) {
                EditedSegment.Pending pending = segment.pending();
                if (pending != null) {
                    deletions.add(pending);
                }
            }
            return new State(List.copyOf(list.segments()), deletions, list.sortedFields(), sequenceNumber);
        }
    }

    private final BuildDirectory build;
    private final Set<Long> takenIds;
    private final Set<EditedSegment> synced = new HashSet<>();
    private final List<SegmentInfo> dropped = new ArrayList<>();
    private volatile Manifest committed;

    /**
     * After a commit, whose segments are yet to be told.
     *
     * @param takenIds of which those are taken out that segments no longer have
     */
    Commits(BuildDirectory build, Set<Long> takenIds, Manifest committed) {
        this.build = build;
        this.takenIds = takenIds;
        this.committed = committed;
    }

    /** Takes note of a segment that is durable. */
    void addSynced(EditedSegment segment) {
        synced.add(segment);
    }

    /** Takes note of a segment that the next commit will not have. */
    void drop(SegmentInfo segment) {
        dropped.add(segment);
    }

    /** The last change of the document store that the last commit has, or -1; for every thread. */
    long sequenceNumber() {
        return committed.sequenceNumber().orElse(-1);
    }

    /**
     * Commits. After a failure the last commit stands, and another can be tried.
     *
     * @return the segments of the deletions as they were committed
     */
    Map<EditedSegment.Pending, SegmentInfo> commit(State state, LiveSegments.Log log) throws IOException {
        log.sync();
        Map<EditedSegment, SegmentInfo> infos = new LinkedHashMap<>();
        for (EditedSegment segment : state.segments()) {
            if (!synced.contains(segment)) {
                build.sync(segment.info());
                synced.add(segment);
            }
            infos.put(segment, segment.info());
        }
        Map<EditedSegment.Pending, SegmentInfo> written = new HashMap<>();
        for (EditedSegment.Pending pending : state.deletions()) {
            SegmentInfo info = pending.write(build.path());
            written.put(pending, info);
            infos.put(pending.segment(), info);
        }
        Manifest manifest =
                new Manifest(state.fields(), List.copyOf(infos.values()), OptionalLong.of(state.sequenceNumber()));
        if (!manifest.equals(committed)) {
            manifest.write(build.path());
            build.update(manifest);
            committed = manifest;
        }
        synced.retainAll(state.segments());
        build.discard(dropped);
        dropped.forEach(segment -> takenIds.remove(segment.id()));
        dropped.clear();
        return written;
    }

    /** Copies the last commit of the index in a directory, and then its document store. */
    void copyTo(Path target, Path directory, LiveSegments.StoreMaker store) throws IOException {
        try (BuildDirectory copy = BuildDirectory.create(target, BuildDirectory.Use.CREATE)) {
            for (String name : committed.fileNames()) {
                copy.link(directory.resolve(name));
            }
            committed.write(copy.path());
            store.make(copy.path().resolve(LiveSegments.STORE_NAME));
            copy.publish(committed);
        }
    }
}
