package io.skiff.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The segments of a live index: what {@link io.skiff.index.live.IndexWriter} changes them with. Safe for use by several
 * threads.
 *
 * <p>A change shows at once in the snapshot that {@link #acquire} gives, and is made durable by the next {@link #commit},
 * which names the last change of the document store that the segments have. What a crash takes away between the two is
 * built again from the store.
 */
public final class LiveSegments implements Closeable {
    /** The folder of the document store in that of a live index. */
    public static final String STORE_NAME = "store";

    /** Makes durable what segments were built from. */
    @FunctionalInterface
    public interface Log {
        /** Returns when everything written before is durable. */
        void sync() throws IOException;
    }

    private final Path directory;
    private final WriterLock lock;
    private final BuildDirectory build;
    private final ReentrantLock committing = new ReentrantLock();
    private final Set<Long> takenIds = ConcurrentHashMap.newKeySet();
    // The following are guarded by this.
    private final SegmentList list;
    private long sequenceNumber;
    // Guarded by committing.
    private final Commits commits;
    private volatile IndexReader current;

    private LiveSegments(Path directory, WriterLock lock, BuildDirectory build, Manifest manifest) {
        this.directory = directory;
        this.lock = lock;
        this.build = build;
        this.commits = new Commits(build, takenIds, manifest);
        this.sequenceNumber = manifest.sequenceNumber().orElse(-1);
        this.list = new SegmentList(manifest.fields());
    }

    /** Whether a directory holds a live index. */
    public static boolean isLive(Path directory) {
        return IndexReader.isIndex(directory) && Files.isDirectory(directory.resolve(STORE_NAME));
    }

    /** What fills the folder of a new document store. */
    @FunctionalInterface
    public interface StoreMaker {
        /** Makes a store in a folder that does not exist, and closes it. */
        void make(Path folder) throws IOException;
    }

    /**
     * Makes a live index without documents: whole, or not at all.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is something of that name
     */
    public static void create(Path directory, StoreMaker store) throws IOException {
        try (BuildDirectory build = BuildDirectory.create(directory, BuildDirectory.Use.CREATE)) {
            store.make(build.path().resolve(STORE_NAME));
            Manifest manifest = new Manifest(List.of(), List.of(), OptionalLong.of(-1));
            manifest.write(build.path());
            build.publish(manifest);
        }
    }

    /**
     * Opens the segments of a live index for changes, with all files verified.
     *
     * @throws IndexFormatException if the directory is no live index, or a damaged one
     * @throws IOException if it is being changed by another writer, or cannot be written
     */
    public static LiveSegments open(Path directory) throws IOException {
        IndexReader.verifyIsIndex(directory);
        return open(directory, false);
    }

    /**
     * Opens a live index as if it had no segments, whatever state they are in. Those that are there stay what the index is
     * until the next {@link #commit} puts others in their place.
     *
     * @throws IOException if it is being changed by another writer, or cannot be written
     */
    public static LiveSegments openEmpty(Path directory) throws IOException {
        return open(directory, true);
    }

    @SuppressWarnings("MustBeClosedChecker") // the one that is returned closes it
    private static LiveSegments open(Path directory, boolean empty) throws IOException {
        WriterLock lock = WriterLock.acquire(directory);
        LiveSegments opening = null;
        boolean opened = false;
        try {
            // An empty one is not that of a live index, so that it differs from whatever is committed, and that is
            // written.
            Manifest manifest = empty ? new Manifest(List.of(), List.of()) : Manifest.read(directory);
            if (!empty && manifest.sequenceNumber().isEmpty()) {
                throw new IndexFormatException(directory + " is no live index, but one that was built in one go");
            }
            opening = new LiveSegments(
                    directory, lock, BuildDirectory.create(directory, BuildDirectory.Use.EDIT), manifest);
            opening.map(manifest);
            opened = true;
            return opening;
        } finally {
            if (!opened) {
                if (opening == null) {
                    lock.close();
                } else {
                    opening.close();
                }
            }
        }
    }

    private synchronized void map(Manifest manifest) throws IOException {
        for (SegmentInfo info : manifest.segments()) {
            takenIds.add(info.id());
            EditedSegment segment = new EditedSegment(info, OpenSegment.open(directory, info, Verification.EVERYTHING));
            list.segments().add(segment);
            commits.addSynced(segment);
        }
        publish();
    }

    /** The last change of the document store that the segments have, or -1. */
    public synchronized long sequenceNumber() {
        return sequenceNumber;
    }

    /** The fields by name. */
    public synchronized Map<String, FieldInfo> fields() {
        return Map.copyOf(list.fields());
    }

    /** What the newest snapshot has, by segment in order of insertion. */
    public synchronized List<SegmentSize> sizes() {
        return list.segments().stream().map(SegmentSize::of).toList();
    }

    /** The newest snapshot; to be closed once by who acquired it. */
    public IndexReader acquire() {
        IndexReader reader = current;
        while (!reader.tryRetain()) {
            IndexReader newer = current;
            if (newer == reader) {
                throw new IllegalStateException("the index in " + directory + " is closed");
            }
            reader = newer;
        }
        return reader;
    }

    /**
     * Starts a further segment, to be given to {@link #append} and closed. Its files are not synced before a commit.
     *
     * @param newFields options of fields that the index has not yet
     */
    public SegmentBuilder newSegment(Map<String, FieldOptions> newFields, BuildOptions options) throws IOException {
        return newSegment(list, newFields, options);
    }

    /** The same for other segments than those that are visible. */
    SegmentBuilder newSegment(SegmentList of, Map<String, FieldOptions> newFields, BuildOptions options)
            throws IOException {
        Map<String, FieldOptions> fieldOptions;
        synchronized (this) {
            fieldOptions = of.fieldOptions(newFields);
        }
        return new SegmentBuilder(build.newFolder(), fieldOptions, options, false);
    }

    /** A segment that was built. */
    record Added(EditedSegment segment, List<FieldInfo> fields) {}

    /** Finishes a segment and maps it; it is not yet visible. */
    Added finish(SegmentBuilder builder) throws IOException {
        return take(builder, builder.finish(takenIds::add));
    }

    private Added take(SegmentBuilder builder, BuiltSegment built) throws IOException {
        build.take(builder.folder(), built.segment());
        OpenSegment mapped = OpenSegment.open(build.path(), built.segment(), Verification.METADATA);
        return new Added(new EditedSegment(built.segment(), mapped), built.fields());
    }

    /** Removes the files of segments that were never committed. */
    void discard(List<SegmentInfo> segments) throws IOException {
        build.discard(segments);
    }

    /**
     * Makes changes visible: deletes documents, then puts a segment behind the others. One caller at a time.
     *
     * @param deleted external ids; those that no document has are skipped
     * @param upTo the last change of the document store that the segments have then
     */
    public void append(Collection<String> deleted, Optional<SegmentBuilder> builder, long upTo) throws IOException {
        Added added = builder.isEmpty() ? null : finish(builder.get());
        synchronized (this) {
            boolean changed = list.delete(deleted) || added != null;
            if (added != null) {
                list.add(added.segment(), added.fields());
            }
            sequenceNumber = upTo;
            if (changed) {
                publish();
            }
        }
    }

    /**
     * Starts to build all segments again, because fields are to have other scales.
     *
     * @param quantizers the new ones, of fields that there are
     */
    public synchronized SegmentRebuild rebuild(Map<String, Quantizer> quantizers) {
        List<FieldInfo> empty = list.fields().values().stream()
                .map(field -> new FieldInfo(
                        field.name(),
                        quantizers.getOrDefault(field.name(), field.quantizer()),
                        field.attributes(),
                        0,
                        0,
                        0))
                .toList();
        return new SegmentRebuild(this, empty);
    }

    /**
     * Puts segments that were built again in the place of all that there are. Nobody may append meanwhile; a merge that
     * runs is lost.
     *
     * @param upTo the last change of the document store that they have
     */
    public void replaceAll(SegmentRebuild rebuild, long upTo) {
        committing.lock();
        try {
            synchronized (this) {
                list.segments().forEach(this::drop);
                list.become(rebuild.list());
                sequenceNumber = upTo;
                publish();
            }
        } finally {
            committing.unlock();
        }
    }

    private void drop(EditedSegment segment) {
        segment.mapped().release();
        commits.drop(segment.info());
    }

    /** Gives those who come from now on the segments as they are. */
    private void publish() {
        IndexReader before = current;
        current = new IndexReader(
                directory,
                list.sortedFields(),
                OptionalLong.of(sequenceNumber),
                list.segments().stream().map(EditedSegment::reader).toList(),
                list.segments().stream()
                        .map(segment -> segment.mapped().retain())
                        .toList());
        if (before != null) {
            before.close();
        }
    }

    /**
     * Makes durable what is visible. Changes and searches go on meanwhile. After a failure the last commit stands, and
     * this can be called again.
     */
    public void commit(Log log) throws IOException {
        committing.lock();
        try {
            Commits.State state;
            synchronized (this) {
                state = Commits.State.of(list, sequenceNumber);
            }
            Map<EditedSegment.Pending, SegmentInfo> written = commits.commit(state, log);
            synchronized (this) {
                written.forEach((pending, info) -> pending.segment().committed(pending, info));
            }
        } finally {
            committing.unlock();
        }
    }

    /** The last change of the document store that the last commit has, or -1. */
    public long committedSequenceNumber() {
        return commits.sequenceNumber();
    }

    /**
     * Puts one segment in the place of adjacent ones, without the documents that are deleted, and commits. One caller at
     * a time; changes and searches go on meanwhile.
     *
     * @param first the first one, as in {@link #sizes()}
     * @param count how many
     * @return false if nothing was merged, since the segments were {@linkplain #replaceAll replaced} meanwhile
     * @throws java.util.concurrent.CancellationException from {@code pace}; nothing has changed then
     */
    public boolean merge(int first, int count, BuildOptions options, MergePace pace, Log log) throws IOException {
        List<MergedSegment.Source> sources = new ArrayList<>();
        Map<String, FieldInfo> fieldsBefore;
        synchronized (this) {
            if (first + count > list.segments().size()) {
                return false;
            }
            fieldsBefore = fields();
            for (EditedSegment segment : list.segments().subList(first, first + count)) {
                segment.mapped().retain();
                sources.add(new MergedSegment.Source(segment, segment.liveDocs()));
            }
        }
        BuildOptions paced = options.withProgress((phase, documents, share) -> pace.beforeDocument());
        try (SegmentBuilder builder = newSegment(new SegmentList(fieldsBefore.values()), Map.of(), paced)) {
            MergedSegment merged = MergedSegment.build(sources, builder, fieldsBefore, pace, takenIds::add);
            EditedSegment added = merged.built().isEmpty()
                    ? null
                    : take(builder, merged.built().get()).segment();
            return replace(merged, added, log);
        } finally {
            sources.forEach(source -> source.segment().mapped().release());
        }
    }

    private boolean replace(MergedSegment merged, EditedSegment added, Log log) throws IOException {
        committing.lock();
        try {
            boolean replaced;
            synchronized (this) {
                replaced = list.replace(merged, added);
                if (replaced) {
                    merged.sources().forEach(source -> drop(source.segment()));
                    publish();
                }
            }
            if (replaced) {
                commit(log);
            } else if (added != null) {
                added.mapped().release();
                build.discard(List.of(added.info()));
            }
            return replaced;
        } finally {
            committing.unlock();
        }
    }

    /**
     * Copies the last commit, and then the document store, to a directory that does not exist yet; whole or not at all.
     * Files are linked where the file system allows.
     */
    public void copyTo(Path target, StoreMaker store) throws IOException {
        committing.lock();
        try {
            commits.copyTo(target, directory, store);
        } finally {
            committing.unlock();
        }
    }

    /** Gives up what was not committed, and the index. Snapshots that were acquired stay until they are closed. */
    @Override
    public void close() throws IOException {
        try (lock;
                build) {
            synchronized (this) {
                if (current != null) {
                    current.close();
                }
                list.release();
            }
        }
    }
}
