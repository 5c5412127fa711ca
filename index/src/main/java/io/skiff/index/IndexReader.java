package io.skiff.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot of an index, mapped read-only. Safe for use by several threads; close it when no search is running.
 */
public final class IndexReader implements AutoCloseable {
    private IndexReader() {}

    /**
     * Opens an index: verifies the manifest and the metadata of every file, maps the rest.
     *
     * @throws IndexFormatException if the directory is no index or one of its files is damaged, cut or of an unknown
     *     version; the message names it
     */
    public static IndexReader open(Path directory) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Whether the directory holds an index (perhaps a damaged one). */
    public static boolean isIndex(Path directory) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Where the index is. */
    public Path directory() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The segments in order of insertion: a document of an earlier segment was added before one of a later. */
    public List<SegmentReader> segments() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Documents in all segments. */
    public long documentCount() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The fields by name. */
    public Map<String, FieldInfo> fields() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The field of that name. */
    public Optional<FieldInfo> field(String name) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Statistics of a field over all segments; those of an unknown field know no token. */
    public FieldStatistics statistics(String field) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("not yet");
    }
}
