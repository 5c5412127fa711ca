package io.skiff.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an index consists of.
 *
 * <pre>
 *   i32 field count, then for each field
 *       string name | f32 scale | i64 documents | i64 postings | i64 saturated weights
 *       i32 attribute count, then for each attribute, by key: string key | string value
 *   i32 segment count, then for each segment
 *       i64 id | i32 documents
 *       i32 file count, then for each file: i32 kind | i64 file bytes | u32 payload checksum
 *       i64 generation of live documents; unless 0: i32 live documents | i64 file bytes | u32 payload checksum
 *   i64 sequence number, in a live index only
 *
 *   string = i32 length in bytes | UTF-8
 * </pre>
 *
 * @param fields by name
 * @param segments in order of insertion
 * @param sequenceNumber of the last change in the document store that the segments have, or -1 for none; empty unless
 *     the index is live
 */
record Manifest(List<FieldInfo> fields, List<SegmentInfo> segments, OptionalLong sequenceNumber) {
    /** Copies the lists. */
    Manifest {
        fields = List.copyOf(fields);
        segments = List.copyOf(segments);
    }

    /** Of an index that is not live. */
    Manifest(List<FieldInfo> fields, List<SegmentInfo> segments) {
        this(fields, segments, OptionalLong.empty());
    }

    /** Documents in all segments. */
    long documentCount() {
        return segments.stream().mapToLong(SegmentInfo::documentCount).sum();
    }

    /** Documents that are not deleted, in all segments. */
    long liveDocumentCount() {
        return segments.stream().mapToLong(SegmentInfo::liveCount).sum();
    }

    /** The names of all files of all segments. */
    Set<String> fileNames() {
        Set<String> names = new LinkedHashSet<>();
        segments.forEach(segment -> names.addAll(segment.fileNames()));
        return names;
    }

    /** Writes the manifest into a directory and returns what the file is. */
    FileInfo write(Path directory) throws IOException {
        try (FrameWriter out = new FrameWriter(directory, FileKind.MANIFEST)) {
            out.putInt(fields.size());
            for (FieldInfo field : fields) {
                writeField(out, field);
            }
            out.putInt(segments.size());
            for (SegmentInfo segment : segments) {
                out.putLong(segment.id());
                out.putInt(segment.documentCount());
                out.putInt(segment.files().size());
                for (FileInfo file : segment.files()) {
                    out.putInt(file.kind().code());
                    out.putLong(file.fileBytes());
                    out.putInt(file.checksum());
                }
                writeLiveDocs(out, segment.liveDocs());
            }
            if (sequenceNumber.isPresent()) {
                out.putLong(sequenceNumber.getAsLong());
            }
            FileInfo info = out.finish();
            out.seal(FrameLayout.NO_SEGMENT);
            return info;
        }
    }

    private static void writeLiveDocs(FrameWriter out, LiveDocsInfo liveDocs) throws IOException {
        out.putLong(liveDocs.generation());
        if (!liveDocs.isNone()) {
            out.putInt(liveDocs.liveCount());
            out.putLong(liveDocs.fileBytes());
            out.putInt(liveDocs.checksum());
        }
    }

    private static void writeField(FrameWriter out, FieldInfo field) throws IOException {
        out.putString(field.name());
        out.putFloat(field.quantizer().scale());
        out.putLong(field.documentCount());
        out.putLong(field.postingCount());
        out.putLong(field.saturatedCount());
        out.putInt(field.attributes().size());
        for (Map.Entry<String, String> attribute : new TreeMap<>(field.attributes()).entrySet()) {
            out.putString(attribute.getKey());
            out.putString(attribute.getValue());
        }
    }

    /** Reads and verifies the manifest of a directory. */
    static Manifest read(Path directory) throws IOException {
        Path path = directory.resolve(FileKind.MANIFEST_NAME);
        try (Arena arena = Arena.ofConfined()) {
            MappedFile file = MappedFile.open(path, FileKind.MANIFEST, FrameLayout.NO_SEGMENT, arena);
            file.verifyPayload(bytes -> {});
            ByteBuffer in = ByteBuffer.wrap(file.payload().toArray(ValueLayout.JAVA_BYTE))
                    .order(ByteOrder.LITTLE_ENDIAN);
            try {
                Manifest manifest = new Manifest(readFields(in), readSegments(in), readSequenceNumber(in));
                if (in.hasRemaining()) {
                    throw file.damaged("has " + in.remaining() + " bytes more than expected");
                }
                return manifest;
            } catch (BufferUnderflowException | IllegalArgumentException e) {
                throw new IndexFormatException(path + " is not a well-formed manifest: " + e.getMessage(), e);
            }
        }
    }

    private static List<FieldInfo> readFields(ByteBuffer in) {
        List<FieldInfo> fields = new ArrayList<>();
        for (int remaining = in.getInt(); remaining > 0; remaining--) {
            String name = readString(in);
            Quantizer quantizer = new Quantizer(in.getFloat());
            long documentCount = in.getLong();
            long postingCount = in.getLong();
            long saturatedCount = in.getLong();
            Map<String, String> attributes = new TreeMap<>();
            for (int remainingAttributes = in.getInt(); remainingAttributes > 0; remainingAttributes--) {
                attributes.put(readString(in), readString(in));
            }
            fields.add(new FieldInfo(name, quantizer, attributes, documentCount, postingCount, saturatedCount));
        }
        return fields;
    }

    private static List<SegmentInfo> readSegments(ByteBuffer in) {
        List<SegmentInfo> segments = new ArrayList<>();
        for (int remaining = in.getInt(); remaining > 0; remaining--) {
            long id = in.getLong();
            int documentCount = in.getInt();
            if (documentCount < 0 || documentCount > Limits.MAX_SEGMENT_DOCUMENTS) {
                throw new IllegalArgumentException("a segment of " + documentCount + " documents");
            }
            List<FileInfo> files = new ArrayList<>();
            for (int remainingFiles = in.getInt(); remainingFiles > 0; remainingFiles--) {
                files.add(new FileInfo(readKind(in), in.getLong(), in.getInt()));
            }
            segments.add(new SegmentInfo(id, documentCount, files, readLiveDocs(in, documentCount)));
        }
        return segments;
    }

    private static OptionalLong readSequenceNumber(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return OptionalLong.empty();
        }
        long sequenceNumber = in.getLong();
        if (sequenceNumber < -1) {
            throw new IllegalArgumentException("the sequence number " + sequenceNumber);
        }
        return OptionalLong.of(sequenceNumber);
    }

    private static LiveDocsInfo readLiveDocs(ByteBuffer in, int documentCount) {
        long generation = in.getLong();
        if (generation == LiveDocsInfo.NONE.generation()) {
            return LiveDocsInfo.NONE;
        }
        LiveDocsInfo liveDocs = new LiveDocsInfo(generation, in.getInt(), in.getLong(), in.getInt());
        if (generation < 0 || liveDocs.liveCount() < 0 || liveDocs.liveCount() > documentCount) {
            throw new IllegalArgumentException("generation " + generation + " of live documents, "
                    + liveDocs.liveCount() + " of " + documentCount);
        }
        return liveDocs;
    }

    private static FileKind readKind(ByteBuffer in) {
        int code = in.getInt();
        FileKind kind = FileKind.ofCode(code);
        if (kind == null) {
            throw new IllegalArgumentException("unknown kind of file " + code);
        }
        return kind;
    }

    private static String readString(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a string of " + length + " bytes where " + in.remaining() + " remain");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
