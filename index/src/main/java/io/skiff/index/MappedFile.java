package io.skiff.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * A file of an index, mapped read-only, whose frame has been verified, but not yet its payload.
 *
 * @param path where it is, for messages
 * @param payload what is inside the frame
 * @param checksum the footer: what the CRC32C of the payload must be
 */
record MappedFile(Path path, MemorySegment payload, int checksum) {
    private static final int VERIFIED_AT_ONCE_BYTES = 1 << 24;

    /**
     * Maps a file and verifies its frame.
     *
     * @throws IndexFormatException if it is no file of that kind and segment, or damaged, cut, or of another version
     */
    static MappedFile open(Path path, FileKind kind, long segmentId, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long fileBytes = channel.size();
            if (fileBytes < FrameLayout.fileBytes(0)) {
                throw damaged(path, "is cut: " + fileBytes + " bytes, the frame alone has " + FrameLayout.fileBytes(0));
            }
            MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, fileBytes, arena);
            verifyHeader(path, file, kind, segmentId);
            long payloadBytes = file.get(LittleEndian.LONG, FrameLayout.PAYLOAD_LENGTH_OFFSET);
            if (payloadBytes != fileBytes - FrameLayout.fileBytes(0)) {
                throw damaged(
                        path,
                        "is " + fileBytes + " bytes long, but its header tells of a payload of " + payloadBytes
                                + " bytes and thus of " + FrameLayout.fileBytes(payloadBytes));
            }
            int checksum = file.get(
                    ValueLayout.JAVA_INT_UNALIGNED.withOrder(LittleEndian.INT.order()),
                    FrameLayout.BYTES + payloadBytes);
            return new MappedFile(path, file.asSlice(FrameLayout.BYTES, payloadBytes), checksum);
        }
    }

    private static void verifyHeader(Path path, MemorySegment file, FileKind kind, long segmentId)
            throws IndexFormatException {
        byte[] magic = FrameLayout.magic();
        byte[] found = file.asSlice(FrameLayout.MAGIC_OFFSET, magic.length).toArray(ValueLayout.JAVA_BYTE);
        if (!Arrays.equals(magic, found)) {
            throw damaged(path, "is no file of a Skiff index: it does not start with the magic bytes SKIFFIDX");
        }
        int version = file.get(LittleEndian.INT, FrameLayout.VERSION_OFFSET);
        if (version != FrameLayout.FORMAT_VERSION) {
            throw damaged(
                    path,
                    "has format version " + version + ", this Skiff reads version " + FrameLayout.FORMAT_VERSION
                            + "; build the index again");
        }
        CRC32C crc = new CRC32C();
        crc.update(file.asSlice(0, FrameLayout.HEADER_CHECKSUM_OFFSET).asByteBuffer());
        int expected = file.get(LittleEndian.INT, FrameLayout.HEADER_CHECKSUM_OFFSET);
        if ((int) crc.getValue() != expected) {
            throw damaged(path, "has a damaged header: " + mismatch((int) crc.getValue(), expected));
        }
        int code = file.get(LittleEndian.INT, FrameLayout.KIND_OFFSET);
        if (code != kind.code()) {
            throw damaged(path, "is of kind " + code + ", expected " + kind.code() + " (" + kind.lowerCaseName() + ")");
        }
        long id = file.get(LittleEndian.LONG, FrameLayout.SEGMENT_ID_OFFSET);
        if (id != segmentId) {
            throw damaged(
                    path, "belongs to segment " + Long.toHexString(id) + ", expected " + Long.toHexString(segmentId));
        }
    }

    /** Verifies that this is the file that the manifest has recorded. */
    void verify(FileInfo recorded) throws IndexFormatException {
        long fileBytes = FrameLayout.fileBytes(payload.byteSize());
        if (fileBytes != recorded.fileBytes() || checksum != recorded.checksum()) {
            throw damaged(
                    path,
                    String.format(
                            "is not the file of the manifest: %d bytes with checksum %08x, expected %d with %08x",
                            fileBytes, checksum, recorded.fileBytes(), recorded.checksum()));
        }
    }

    /**
     * Reads the payload and verifies its checksum.
     *
     * @param progress told how many bytes were read since it was last told
     */
    void verifyPayload(LongConsumer progress) throws IndexFormatException {
        CRC32C crc = new CRC32C();
        for (long from = 0; from < payload.byteSize(); from += VERIFIED_AT_ONCE_BYTES) {
            long bytes = Math.min(payload.byteSize() - from, VERIFIED_AT_ONCE_BYTES);
            crc.update(payload.asSlice(from, bytes).asByteBuffer());
            progress.accept(bytes);
        }
        if ((int) crc.getValue() != checksum) {
            throw damaged("is damaged: " + mismatch((int) crc.getValue(), checksum));
        }
    }

    /** An exception that says what is wrong with this file. */
    IndexFormatException damaged(String what) {
        return damaged(path, what);
    }

    /** The same where data is found to be wrong while it is being searched, when no method declares it. */
    UncheckedIOException damagedWhileReading(String what) {
        return new UncheckedIOException(damaged(what + "; run `skiff check` on the index"));
    }

    private static IndexFormatException damaged(Path path, String what) {
        return new IndexFormatException(path + " " + what);
    }

    private static String mismatch(int actual, int expected) {
        return String.format("its checksum is %08x, expected %08x", actual, expected);
    }
}
