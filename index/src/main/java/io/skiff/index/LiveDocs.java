package io.skiff.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** The documents of one segment that are not deleted: read from a file, changed in memory, written as the next. */
final class LiveDocs {
    private final byte[] bits;
    private int liveCount;

    private LiveDocs(byte[] bits, int liveCount) {
        this.bits = bits;
        this.liveCount = liveCount;
    }

    /** Those of a segment, a copy to be changed. */
    static LiveDocs of(SegmentReader segment) {
        int documentCount = segment.documentCount();
        if (segment.liveDocs() != null) {
            byte[] bits = segment.liveDocs().toArray(ValueLayout.JAVA_BYTE);
            return new LiveDocs(bits, segment.liveCount());
        }
        byte[] bits = new byte[LiveDocsLayout.bytes(documentCount)];
        for (int docId = 0; docId < documentCount; docId++) {
            bits[LiveDocsLayout.byteOffset(docId)] |= (byte) LiveDocsLayout.mask(docId);
        }
        return new LiveDocs(bits, documentCount);
    }

    /** A copy. */
    LiveDocs copy() {
        return new LiveDocs(bits.clone(), liveCount);
    }

    /** A copy of the bits, as {@link SegmentReader#liveDocs()} has them. */
    MemorySegment memory() {
        return MemorySegment.ofArray(bits.clone());
    }

    int liveCount() {
        return liveCount;
    }

    boolean isLive(int docId) {
        return (bits[LiveDocsLayout.byteOffset(docId)] & LiveDocsLayout.mask(docId)) != 0;
    }

    /** Deletes a document; false if it was deleted before. */
    boolean delete(int docId) {
        if (!isLive(docId)) {
            return false;
        }
        bits[LiveDocsLayout.byteOffset(docId)] &= (byte) ~LiveDocsLayout.mask(docId);
        liveCount--;
        return true;
    }

    /** Writes a generation of a segment's live documents into a directory. */
    LiveDocsInfo write(Path directory, long segmentId, long generation) throws IOException {
        try (FrameWriter out = new FrameWriter(directory, FileKind.LIVEDOCS)) {
            out.putBytes(bits);
            FileInfo file = out.finish();
            LiveDocsInfo info = new LiveDocsInfo(generation, liveCount, file.fileBytes(), file.checksum());
            out.seal(segmentId, info.fileName(segmentId));
            return info;
        }
    }

    /** Maps and verifies the live documents of a segment; null if nothing is deleted. */
    static MemorySegment map(Path directory, SegmentInfo segment, Arena arena) throws IOException {
        LiveDocsInfo recorded = segment.liveDocs();
        if (recorded.isNone()) {
            return null;
        }
        Path path = directory.resolve(recorded.fileName(segment.id()));
        MappedFile file = MappedFile.open(path, FileKind.LIVEDOCS, segment.id(), arena);
        file.verify(recorded.file());
        file.verifyPayload(bytes -> {});
        MemorySegment payload = file.payload();
        int expectedBytes = LiveDocsLayout.bytes(segment.documentCount());
        if (payload.byteSize() != expectedBytes) {
            throw file.damaged("has a payload of " + payload.byteSize() + " bytes, expected " + expectedBytes + " for "
                    + segment.documentCount() + " documents");
        }
        long live = 0;
        for (long offset = 0; offset < expectedBytes; offset += Long.BYTES) {
            live += Long.bitCount(payload.get(LittleEndian.LONG, offset));
        }
        if (live != recorded.liveCount() || highestBit(payload) >= segment.documentCount()) {
            throw file.damaged("has " + live + " live documents up to " + highestBit(payload) + ", the manifest has "
                    + recorded.liveCount() + " of " + segment.documentCount());
        }
        return payload;
    }

    private static long highestBit(MemorySegment payload) {
        for (long offset = payload.byteSize() - Long.BYTES; offset >= 0; offset -= Long.BYTES) {
            long word = payload.get(LittleEndian.LONG, offset);
            if (word != 0) {
                return offset * Byte.SIZE + (Long.SIZE - 1 - Long.numberOfLeadingZeros(word));
            }
        }
        return -1;
    }
}
