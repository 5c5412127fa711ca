package io.skiff.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes an index that exists: deletes documents and appends segments.
 *
 * <p>Changes become visible together, by the one rename of {@link #commit()}; readers that are open keep what they
 * opened. A crash at any moment leaves the index as one of the commits made it. One editor at a time has an index, over
 * all processes. Not safe for use by several threads, but segments may be filled by others meanwhile.
 */
public final class IndexEditor implements AutoCloseable {
    /** A segment, committed or to be, and what is to be deleted of it. */
    private static final class Edited {
        private SegmentInfo info;
        private final SegmentReader reader;
        private LiveDocs liveDocs;
        private boolean isChanged;

        Edited(SegmentInfo info, SegmentReader reader) {
            this.info = info;
            this.reader = reader;
        }

        int liveCount() {
            return liveDocs == null ? info.liveCount() : liveDocs.liveCount();
        }

        boolean delete(int docId) {
            Objects.checkIndex(docId, info.documentCount());
            if (liveDocs == null ? !reader.isLive(docId) : !liveDocs.isLive(docId)) {
                return false;
            }
            if (liveDocs == null) {
                liveDocs = LiveDocs.of(reader);
            }
            isChanged = true;
            return liveDocs.delete(docId);
        }

        /** Writes what is deleted into a directory, if that has changed. */
        void write(Path directory) throws IOException {
            if (isChanged) {
                long generation = info.liveDocs().generation() + 1;
                info = info.withLiveDocs(liveDocs.write(directory, info.id(), generation));
                isChanged = false;
            }
        }
    }

    private final IndexLock lock;
    private final BuildDirectory build;
    private final Arena arena;
    private final List<Edited> segments = new ArrayList<>();
    private final Map<String, FieldInfo> fields = new LinkedHashMap<>();
    private boolean failed;

    private IndexEditor(IndexLock lock, BuildDirectory build, Arena arena) {
        this.lock = lock;
        this.build = build;
        this.arena = arena;
    }

    /**
     * Opens an index for changes.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such directory
     * @throws IndexFormatException if the directory is no index, or one that is damaged
     * @throws IOException if it is being changed by another writer, or cannot be written
     */
    @SuppressWarnings("MustBeClosedChecker") // the editor that is returned closes it
    public static IndexEditor open(Path directory) throws IOException {
        IndexReader.verifyIsIndex(directory);
        IndexLock lock = IndexLock.acquire(directory);
        BuildDirectory build = null;
        Arena arena = Arena.ofShared();
        IndexEditor editor = null;
        try {
            Manifest manifest = Manifest.read(directory);
            build = BuildDirectory.create(directory, BuildDirectory.Use.EDIT);
            IndexEditor opening = new IndexEditor(lock, build, arena);
            for (SegmentInfo segment : manifest.segments()) {
                opening.segments.add(
                        new Edited(segment, SegmentReader.open(directory, segment, Verification.IDENTIFIERS, arena)));
            }
            manifest.fields().forEach(field -> opening.fields.put(field.name(), field));
            editor = opening;
            return editor;
        } finally {
            if (editor == null) {
                close(lock, build, arena);
            }
        }
    }

    /** Segments, those that were appended and not committed included. */
    public int segmentCount() {
        return segments.size();
    }

    /** Documents that are not deleted, as they will be with the next commit. */
    public long liveDocumentCount() {
        return segments.stream().mapToLong(Edited::liveCount).sum();
    }

    /**
     * Deletes a document by its place.
     *
     * @return false if it was deleted before
     * @throws IndexOutOfBoundsException if there is no such document
     */
    public boolean delete(int segment, int docId) {
        verifySound();
        return segments.get(segment).delete(docId);
    }

    /**
     * Deletes the document of an external id.
     *
     * @return false if no document that is not deleted has it
     */
    public boolean delete(String externalId) {
        verifySound();
        return deleteFrom(segments, externalId);
    }

    private static boolean deleteFrom(List<Edited> segments, String externalId) {
        boolean deleted = false;
        for (Edited segment : segments) {
            int docId = segment.reader.docId(externalId);
            deleted |= docId >= 0 && segment.delete(docId);
        }
        return deleted;
    }

    /**
     * Starts a further segment, to be given to {@link #append} or closed.
     *
     * @param newFields options of fields that the index has not yet; a field that it has keeps its scale, above which
     *     weights are cut and counted, and its attributes
     */
    public SegmentBuilder newSegment(Map<String, FieldOptions> newFields, BuildOptions options) throws IOException {
        verifySound();
        Map<String, FieldOptions> fieldOptions = new LinkedHashMap<>(newFields);
        fields.forEach((name, field) -> fieldOptions.put(name, field.options()));
        return new SegmentBuilder(build.newFolder(), fieldOptions, options);
    }

    /**
     * Finishes a segment and puts it behind the others. Its documents take the place of those before that have the same
     * external ids.
     *
     * @throws IllegalStateException if a field that was new to the segment was appended meanwhile with another scale
     */
    public void append(SegmentBuilder builder) throws IOException {
        verifySound();
        Set<Long> taken = segments.stream().map(segment -> segment.info.id()).collect(Collectors.toSet());
        BuiltSegment built = builder.finish(taken);
        for (FieldInfo field : built.fields()) {
            FieldInfo before = fields.get(field.name());
            if (before != null && !before.quantizer().equals(field.quantizer())) {
                throw new IllegalStateException("field '" + field.name() + "' has the scale "
                        + before.quantizer().scale() + " now, this segment was built with "
                        + field.quantizer().scale() + "; build it again");
            }
        }
        failed = true;
        build.take(builder.folder(), built.segment());
        builder.removeFolder();
        Edited segment = new Edited(
                built.segment(), SegmentReader.open(build.path(), built.segment(), Verification.METADATA, arena));
        for (int docId = 0; docId < segment.info.documentCount(); docId++) {
            deleteFrom(segments, segment.reader.externalId(docId));
        }
        segments.add(segment);
        built.fields().forEach(field -> fields.merge(field.name(), field, FieldInfo::plus));
        failed = false;
    }

    /**
     * Makes all changes since the last commit visible to readers that are opened from now on, durably. After a failure
     * the editor is of no more use; the index is as it was or as it was to be.
     */
    public void commit() throws IOException {
        verifySound();
        failed = true;
        for (Edited segment : segments) {
            segment.write(build.path());
        }
        Manifest manifest = new Manifest(
                fields.values().stream().sorted(FieldInfo.BY_NAME).toList(),
                segments.stream().map(segment -> segment.info).toList());
        manifest.write(build.path());
        build.update(manifest);
        failed = false;
    }

    private void verifySound() {
        if (failed) {
            throw new IllegalStateException("an earlier change has failed; open the index again");
        }
    }

    /** Gives up what was not committed, and the index. */
    @Override
    public void close() throws IOException {
        close(lock, build, arena);
    }

    private static void close(IndexLock lock, BuildDirectory build, Arena arena) throws IOException {
        if (arena.scope().isAlive()) {
            arena.close();
        }
        try (lock) {
            if (build != null) {
                build.close();
            }
        }
    }
}
