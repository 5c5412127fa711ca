package io.skiff.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final WriterLock lock;
    private final BuildDirectory build;
    private final List<EditedSegment> segments = new ArrayList<>();
    private final Map<String, FieldInfo> fields = new LinkedHashMap<>();
    private boolean failed;

    private IndexEditor(WriterLock lock, BuildDirectory build) {
        this.lock = lock;
        this.build = build;
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
        WriterLock lock = WriterLock.acquire(directory);
        IndexEditor opening = null;
        boolean opened = false;
        try {
            Manifest manifest = Manifest.read(directory);
            if (manifest.sequenceNumber().isPresent()) {
                throw new IOException(directory + " is a live index; only an IndexWriter may change it");
            }
            opening = new IndexEditor(lock, BuildDirectory.create(directory, BuildDirectory.Use.EDIT));
            for (SegmentInfo segment : manifest.segments()) {
                OpenSegment mapped = OpenSegment.open(directory, segment, Verification.IDENTIFIERS);
                opening.segments.add(new EditedSegment(segment, mapped));
            }
            for (FieldInfo field : manifest.fields()) {
                opening.fields.put(field.name(), field);
            }
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

    /** Segments, those that were appended and not committed included. */
    public int segmentCount() {
        return segments.size();
    }

    /** Documents that are not deleted, as they will be with the next commit. */
    public long liveDocumentCount() {
        return segments.stream().mapToLong(EditedSegment::liveCount).sum();
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

    private static boolean deleteFrom(List<EditedSegment> segments, String externalId) {
        boolean deleted = false;
        for (EditedSegment segment : segments) {
            deleted |= segment.delete(externalId);
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
        Set<Long> taken = segments.stream().map(segment -> segment.info().id()).collect(Collectors.toSet());
        BuiltSegment built = builder.finish(id -> !taken.contains(id));
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
        builder.close();
        EditedSegment segment = new EditedSegment(
                built.segment(), OpenSegment.open(build.path(), built.segment(), Verification.METADATA));
        for (int docId = 0; docId < segment.documentCount(); docId++) {
            deleteFrom(segments, segment.reader().externalId(docId));
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
        for (EditedSegment segment : segments) {
            EditedSegment.Pending pending = segment.pending();
            if (pending != null) {
                segment.committed(pending, pending.write(build.path()));
            }
        }
        Manifest manifest = new Manifest(
                fields.values().stream().sorted(FieldInfo.BY_NAME).toList(),
                segments.stream().map(EditedSegment::info).toList());
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
        segments.forEach(segment -> segment.mapped().release());
        segments.clear();
        try (lock) {
            build.close();
        }
    }
}
