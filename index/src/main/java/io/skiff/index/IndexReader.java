package io.skiff.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A snapshot of an index, mapped read-only. Safe for use by several threads; close it when no search is running.
 *
 * <p>A snapshot of a live index is shared by all who {@linkplain io.skiff.index.live.IndexWriter#acquire acquired} it:
 * each closes it once, and what it has mapped goes with the last.
 */
public final class IndexReader implements AutoCloseable {
    private final Path directory;
    private final List<SegmentReader> segments;
    private final Map<String, FieldInfo> fields;
    private final OptionalLong sequenceNumber;
    private final long documentCount;
    private final long liveDocumentCount;
    private final List<OpenSegment> mapped;
    private final AtomicInteger users = new AtomicInteger(1);

    /**
     * Over segments that are mapped.
     *
     * @param fields by name
     * @param sequenceNumber as {@link #sequenceNumber()} says it
     * @param mapped what is let go of in the end
     */
    IndexReader(
            Path directory,
            List<FieldInfo> fields,
            OptionalLong sequenceNumber,
            List<SegmentReader> segments,
            List<OpenSegment> mapped) {
        this.directory = directory;
        this.segments = List.copyOf(segments);
        Map<String, FieldInfo> byName = new LinkedHashMap<>();
        fields.forEach(field -> byName.put(field.name(), field));
        this.fields = Collections.unmodifiableMap(byName);
        this.sequenceNumber = sequenceNumber;
        this.documentCount =
                segments.stream().mapToLong(SegmentReader::documentCount).sum();
        this.liveDocumentCount =
                segments.stream().mapToLong(SegmentReader::liveCount).sum();
        this.mapped = List.copyOf(mapped);
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

    private static IndexReader open(Path directory, Manifest manifest, Verification verification) throws IOException {
        List<OpenSegment> mapped = new ArrayList<>();
        IndexReader reader = null;
        try {
            for (SegmentInfo segment : manifest.segments()) {
                mapped.add(OpenSegment.open(directory, segment, verification));
            }
            List<SegmentReader> segments =
                    mapped.stream().map(OpenSegment::reader).toList();
            reader = new IndexReader(directory, manifest.fields(), manifest.sequenceNumber(), segments, mapped);
            return reader;
        } finally {
            if (reader == null) {
                mapped.forEach(OpenSegment::release);
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

    /** The number of the last change that the snapshot of a live index has, or -1; empty if the index is not live. */
    public OptionalLong sequenceNumber() {
        return sequenceNumber;
    }

    /** Documents in all segments, deleted ones too until they are merged away. */
    public long documentCount() {
        return documentCount;
    }

    /** Documents that are not deleted. */
    public long liveDocumentCount() {
        return liveDocumentCount;
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
                return documentCount;
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

    /** Counts one more user; false if the last has let go. */
    boolean tryRetain() {
        for (int count = users.get(); count > 0; count = users.get()) {
            if (users.compareAndSet(count, count + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Lets go of the snapshot; its segments must not be used afterwards by the one who closed it. */
    @Override
    public void close() {
        for (int count = users.get(); count > 0; count = users.get()) {
            if (users.compareAndSet(count, count - 1)) {
                if (count == 1) {
                    mapped.forEach(OpenSegment::release);
                }
                return;
            }
        }
    }
}
