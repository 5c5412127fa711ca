package io.skiff.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a new index directory from documents, whole or not at all.
 *
 * <p>Nothing under the directory's name exists until {@link #commit()}: files are written to a sibling folder, synced,
 * and renamed into place. Not safe for use by several threads.
 */
public final class IndexBuilder implements AutoCloseable {
    private IndexBuilder() {}

    /**
     * Starts a build of {@code directory}, which must not exist unless {@code replace}.
     *
     * @param fields options by field name; a field without an entry has {@link FieldOptions#DEFAULT}
     * @throws java.nio.file.FileAlreadyExistsException if the directory exists and {@code replace} is false
     * @throws IOException if the directory exists and is not an index (never replaced), or cannot be written
     */
    public static IndexBuilder create(Path directory, Map<String, FieldOptions> fields, boolean replace)
            throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Adds a document behind those already added; the order of addition breaks ties of score.
     *
     * @throws InvalidDocumentException if the id repeats or a {@linkplain Limits limit} is passed; the build goes on
     *     without that document
     */
    public void add(Document document) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Documents added so far. */
    public int documentCount() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Writes everything, syncs, and makes the index visible under its name. Nothing can be added afterwards. */
    public IndexSummary commit() throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Without a commit before: removes whatever was written. */
    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException("not yet");
    }
}
