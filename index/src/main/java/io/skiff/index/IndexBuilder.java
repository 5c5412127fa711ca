package io.skiff.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a new index directory from documents, whole or not at all.
 *
 * <p>Nothing under the directory's name exists or changes until {@link #commit()}: files are written to a sibling
 * folder, synced, and renamed into place. Not safe for use by several threads.
 */
public final class IndexBuilder implements AutoCloseable {
    private final BuildDirectory build;
    private final SegmentBuilder segment;

    private IndexBuilder(BuildDirectory build, SegmentBuilder segment) {
        this.build = build;
        this.segment = segment;
    }

    /**
     * Starts a build of {@code directory}, which must not exist unless {@code replace}.
     *
     * <p>A replaced index keeps whatever else its directory holds.
     *
     * @param fields options by field name; a field without an entry has {@link FieldOptions#DEFAULT}
     * @throws java.nio.file.FileAlreadyExistsException if the directory exists and {@code replace} is false
     * @throws IOException if the directory exists and is not an index (never replaced), or cannot be written
     */
    public static IndexBuilder create(Path directory, Map<String, FieldOptions> fields, boolean replace)
            throws IOException {
        return create(directory, fields, replace, BuildOptions.DEFAULT);
    }

    /** The same with other options. */
    public static IndexBuilder create(
            Path directory, Map<String, FieldOptions> fields, boolean replace, BuildOptions options)
            throws IOException {
        BuildDirectory build =
                BuildDirectory.create(directory, replace ? BuildDirectory.Use.REPLACE : BuildDirectory.Use.CREATE);
        try {
            return new IndexBuilder(build, new SegmentBuilder(build.newFolder(), fields, options));
        } catch (IOException | RuntimeException e) {
            build.close();
            throw e;
        }
    }

    /**
     * Adds a document behind those already added; the order of addition breaks ties of score.
     *
     * @throws InvalidDocumentException if the id repeats or a {@linkplain Limits limit} is passed; the build goes on
     *     without that document
     * @throws IllegalStateException after {@link #commit()}, {@link #close()}, or a failure to write
     */
    public void add(Document document) throws IOException {
        segment.add(document);
    }

    /** Documents added so far. */
    public int documentCount() {
        return segment.documentCount();
    }

    /**
     * Writes everything, syncs, and makes the index visible under its name. Nothing can be added afterwards.
     *
     * @throws IllegalStateException after another commit, {@link #close()}, or a failure to write
     */
    public IndexSummary commit() throws IOException {
        BuiltSegment built = segment.finish(id -> true);
        build.take(segment.folder(), built.segment());
        Manifest manifest = new Manifest(built.fields(), List.of(built.segment()));
        FileInfo manifestFile = manifest.write(build.path());
        segment.close();
        build.publish(manifest);
        return IndexSummary.of(manifest, segment.postingCount(), manifestFile.fileBytes());
    }

    /** Without a commit before: removes whatever was written. */
    @Override
    public void close() throws IOException {
        try (build) {
            segment.close();
        }
    }
}
