package io.skiff.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
    private final IndexLock lock;
    private final BuildDirectory build;
    private final ReentrantLock committing = new ReentrantLock();
    private final Set<Long> takenIds = ConcurrentHashMap.newKeySet();
    // The following are guarded by this.
    private final List<EditedSegment> segments = new ArrayList<>();
    private final Map<String, FieldInfo> fields = new LinkedHashMap<>();
    private long sequenceNumber;
    // The following are guarded by committing.
    private final Set<EditedSegment> synced = ConcurrentHashMap.newKeySet();
    private final List<SegmentInfo> dropped = new ArrayList<>();
    private Manifest committed;
    private volatile IndexReader current;

    private LiveSegments(Path directory, IndexLock lock, BuildDirectory build, Manifest manifest) {
        this.directory = directory;
        this.lock = lock;
        this.build = build;
        this.committed = manifest;
        this.sequenceNumber = manifest.sequenceNumber().orElse(-1);
        manifest.fields().forEach(field -> fields.put(field.name(), field));
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
    @SuppressWarnings("MustBeClosedChecker") // the one that is returned closes it
    public static LiveSegments open(Path directory) throws IOException {
        IndexReader.verifyIsIndex(directory);
        IndexLock lock = IndexLock.acquire(directory);
        LiveSegments opening = null;
        boolean opened = false;
        try {
            Manifest manifest = Manifest.read(directory);
            if (manifest.sequenceNumber().isEmpty()) {
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
            segments.add(segment);
            synced.add(segment);
        }
        publish();
    }

    /** The last change of the document store that the segments have, or -1. */
    public synchronized long sequenceNumber() {
        return sequenceNumber;
    }

    /** The fields by name. */
    public synchronized Map<String, FieldInfo> fields() {
        return Map.copyOf(fields);
    }

    /** What the newest snapshot has, by segment in order of insertion. */
    public synchronized List<SegmentSize> sizes() {
        return segments.stream().map(SegmentSize::of).toList();
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
        Map<String, FieldOptions> fieldOptions = new LinkedHashMap<>(newFields);
        fields().forEach((name, field) -> fieldOptions.put(name, field.options()));
        return new SegmentBuilder(build.newFolder(), fieldOptions, options, false);
    }

    /**
     * Makes changes visible: deletes documents, then puts a segment behind the others. One caller at a time.
     *
     * @param deleted external ids; those that no document has are skipped
     * @param upTo the last change of the document store that the segments have then
     */
    public void append(Collection<String> deleted, Optional<SegmentBuilder> builder, long upTo) throws IOException {
        BuiltSegment built = builder.isEmpty() ? null : builder.get().finish(takenIds::add);
        EditedSegment added = built == null ? null : take(builder.get(), built);
        synchronized (this) {
            boolean changed = added != null;
            for (String id : deleted) {
                for (EditedSegment segment : segments) {
                    changed |= segment.delete(id);
                }
            }
            if (added != null) {
                segments.add(added);
                built.fields().forEach(field -> fields.merge(field.name(), field, FieldInfo::plus));
            }
            sequenceNumber = upTo;
            if (changed) {
                publish();
            }
        }
    }

    private EditedSegment take(SegmentBuilder builder, BuiltSegment built) throws IOException {
        build.take(builder.folder(), built.segment());
        return new EditedSegment(
                built.segment(), OpenSegment.open(build.path(), built.segment(), Verification.METADATA));
    }

    /** Gives those who come from now on the segments as they are. */
    private void publish() {
        IndexReader before = current;
        current = new IndexReader(
                directory,
                fields.values().stream().sorted(FieldInfo.BY_NAME).toList(),
                segments.stream().map(EditedSegment::reader).toList(),
                segments.stream().map(segment -> segment.mapped().retain()).toList());
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
            List<EditedSegment> included;
            List<EditedSegment.Pending> deletions = new ArrayList<>();
            List<FieldInfo> fieldInfos;
            long upTo;
            synchronized (this) {
                included = List.copyOf(segments);
                for (EditedSegment segment : segments) {
                    EditedSegment.Pending pending = segment.pending();
                    if (pending != null) {
                        deletions.add(pending);
                    }
                }
                fieldInfos = fields.values().stream().sorted(FieldInfo.BY_NAME).toList();
                upTo = sequenceNumber;
            }
            log.sync();
            for (EditedSegment segment : included) {
                if (!synced.contains(segment)) {
                    build.sync(segment.info());
                    synced.add(segment);
                }
            }
            Map<EditedSegment, SegmentInfo> infos = new LinkedHashMap<>();
            included.forEach(segment -> infos.put(segment, segment.info()));
            for (EditedSegment.Pending pending : deletions) {
                infos.put(pending.segment(), pending.write(build.path()));
            }
            Manifest manifest = new Manifest(fieldInfos, List.copyOf(infos.values()), OptionalLong.of(upTo));
            if (!manifest.equals(committed)) {
                manifest.write(build.path());
                build.update(manifest);
                committed = manifest;
            }
            synchronized (this) {
                deletions.forEach(pending -> pending.segment().committed(pending, infos.get(pending.segment())));
            }
            synced.retainAll(included);
            build.discard(dropped);
            dropped.clear();
        } finally {
            committing.unlock();
        }
    }

    /** The last change of the document store that the last commit has, or -1. */
    public long committedSequenceNumber() {
        committing.lock();
        try {
            return committed.sequenceNumber().orElse(-1);
        } finally {
            committing.unlock();
        }
    }

    /**
     * Puts one segment in the place of adjacent ones, without the documents that are deleted, and commits. One caller at
     * a time; changes and searches go on meanwhile.
     *
     * @param first the first one, as in {@link #sizes()}
     * @param count how many
     * @throws java.util.concurrent.CancellationException from {@code pace}; nothing has changed then
     */
    public void merge(int first, int count, BuildOptions options, MergePace pace, Log log) throws IOException {
        List<MergedSegment.Source> sources = new ArrayList<>();
        synchronized (this) {
            for (EditedSegment segment : segments.subList(first, first + count)) {
                segment.mapped().retain();
                sources.add(new MergedSegment.Source(segment, segment.liveDocs()));
            }
        }
        BuildOptions paced = options.withProgress((phase, documents, share) -> pace.beforeDocument());
        try (SegmentBuilder builder = newSegment(Map.of(), paced)) {
            MergedSegment merged = MergedSegment.build(sources, builder, fields(), pace, takenIds::add);
            EditedSegment added = merged.built().isEmpty()
                    ? null
                    : take(builder, merged.built().get());
            committing.lock();
            try {
                replace(merged, added);
                commit(log);
            } finally {
                committing.unlock();
            }
        } finally {
            sources.forEach(source -> source.segment().mapped().release());
        }
    }

    /**
     * Copies the last commit, and then the document store, to a directory that does not exist yet; whole or not at all.
     * Files are linked where the file system allows.
     */
    public void copyTo(Path target, StoreMaker store) throws IOException {
        committing.lock();
        try (BuildDirectory copy = BuildDirectory.create(target, BuildDirectory.Use.CREATE)) {
            for (String name : committed.fileNames()) {
                copy.link(directory.resolve(name));
            }
            committed.write(copy.path());
            store.make(copy.path().resolve(STORE_NAME));
            copy.publish(committed);
        } finally {
            committing.unlock();
        }
    }

    private synchronized void replace(MergedSegment merged, EditedSegment added) {
        List<EditedSegment> sources =
                merged.sources().stream().map(MergedSegment.Source::segment).toList();
        int at = segments.indexOf(sources.getFirst());
        List<EditedSegment> replaced = segments.subList(at, at + sources.size());
        if (!replaced.equals(sources)) {
            throw new IllegalStateException("the segments changed while they were merged");
        }
        if (added != null) {
            merged.deleteWhatWasDeletedMeanwhile(added);
        }
        merged.dropped()
                .forEach((name, count) -> fields.computeIfPresent(
                        name, (key, field) -> field.minus(count.documentCount(), count.postingCount())));
        for (EditedSegment segment : sources) {
            segment.mapped().release();
            dropped.add(segment.info());
        }
        replaced.clear();
        if (added != null) {
            segments.add(at, added);
        }
        publish();
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
                segments.forEach(segment -> segment.mapped().release());
                segments.clear();
            }
        }
    }
}
