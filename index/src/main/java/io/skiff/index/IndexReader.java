package io.skiff.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot of an index, mapped read-only. Safe for use by several threads; close it when no search is running.
 */
public final class IndexReader implements AutoCloseable {
    private final Path directory;
    private final Manifest manifest;
    private final List<SegmentReader> segments;
    private final Map<String, FieldInfo> fields;
    private final Arena arena;

    private IndexReader(Path directory, Manifest manifest, List<SegmentReader> segments, Arena arena) {
        this.directory = directory;
        this.manifest = manifest;
        this.segments = List.copyOf(segments);
        Map<String, FieldInfo> byName = new LinkedHashMap<>();
        manifest.fields().forEach(field -> byName.put(field.name(), field));
        this.fields = Collections.unmodifiableMap(byName);
        this.arena = arena;
    }

    /**
     * Opens an index, verifying all of it.
     *
     * @throws NoSuchFileException if there is no such directory
     * @throws IndexFormatException if the directory is no index or one of its files is damaged, cut or of an unknown
     *     version; the message names it
     */
    public static IndexReader open(Path directory) throws IOException {
        return open(directory, Verification.EVERYTHING);
    }

    /**
     * Opens an index.
     *
     * @param verification what to read and verify now
     *
     * @throws NoSuchFileException if there is no such directory
     * @throws IndexFormatException if the directory is no index or one of its files is damaged, cut or of an unknown
     *     version; the message names it
     */
    public static IndexReader open(Path directory, Verification verification) throws IOException {
        Manifest manifest = readManifest(directory);
        while (true) {
            try {
                return open(directory, manifest, verification);
            } catch (NoSuchFileException | IndexFormatException e) {
                // The index may have been changed since its manifest was read.
                Manifest current = readManifest(directory);
                if (current.equals(manifest)) {
                    throw e instanceof NoSuchFileException missing
                            ? new IndexFormatException(
                                    missing.getFile() + " is missing, though the manifest names it", e)
                            : e;
                }
                manifest = current;
            }
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // the reader that is returned closes it
    private static IndexReader open(Path directory, Manifest manifest, Verification verification) throws IOException {
        Arena arena = Arena.ofShared();
        boolean opened = false;
        try {
            List<SegmentReader> segments = new ArrayList<>();
            for (SegmentInfo segment : manifest.segments()) {
                segments.add(SegmentReader.open(directory, segment, verification, arena));
            }
            IndexReader reader = new IndexReader(directory, manifest, segments, arena);
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                arena.close();
            }
        }
    }

    private static Manifest readManifest(Path directory) throws IOException {
        verifyIsIndex(directory);
        return Manifest.read(directory);
    }

    /** Throws an exception that says why a directory is no index. */
    static void verifyIsIndex(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            throw new NoSuchFileException(directory.toString(), null, "there is no index; `skiff index` builds one");
        }
        if (!isIndex(directory)) {
            throw new IndexFormatException(directory + " is no Skiff index: it has no file " + FileKind.MANIFEST_NAME);
        }
    }

    /** Whether the directory holds an index (perhaps a damaged one). */
    public static boolean isIndex(Path directory) {
        return Files.isRegularFile(directory.resolve(FileKind.MANIFEST_NAME));
    }

    /** Where the index is. */
    public Path directory() {
        return directory;
    }

    /** The segments in order of insertion: a document of an earlier segment was added before one of a later. */
    public List<SegmentReader> segments() {
        return segments;
    }

    /** Documents in all segments, deleted ones too until they are merged away. */
    public long documentCount() {
        return manifest.documentCount();
    }

    /** Documents that are not deleted. */
    public long liveDocumentCount() {
        return manifest.liveDocumentCount();
    }

    /** The fields by name. */
    public Map<String, FieldInfo> fields() {
        return fields;
    }

    /** The field of that name. */
    public Optional<FieldInfo> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /**
     * Statistics of a field over all segments; those of an unknown field know no token. Deleted documents count until
     * they are merged away, so that deletions change no score.
     */
    public FieldStatistics statistics(String field) {
        return new FieldStatistics() {
            @Override
            public long documentCount() {
                return manifest.documentCount();
            }

            @Override
            public long documentFrequency(String token) {
                long sum = 0;
                for (SegmentReader segment : segments) {
                    int termId = segment.termId(field, token);
                    sum += termId < 0 ? 0 : segment.documentFrequency(termId);
                }
                return sum;
            }
        };
    }

    /** Unmaps the index; its segments must not be used afterwards. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
