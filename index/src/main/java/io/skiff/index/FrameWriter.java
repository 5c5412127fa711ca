package io.skiff.index;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes one file: the payload as it comes, then, in {@link #seal}, the frame around it.
 *
 * <p>The header is written last, since the segment id is derived from the payloads of all files of the segment; a file
 * that was not sealed has no magic and is no file of an index.
 */
final class FrameWriter implements Closeable {
    private static final int BUFFER_BYTES = 1 << 18;

    private final Path path;
    private final FileKind kind;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C checksum = new CRC32C();
    private long flushedBytes;

    /** Creates the file in a directory, under a name of its own until it is sealed. */
    FrameWriter(Path directory, FileKind kind) throws IOException {
        this.path = directory.resolve(kind.lowerCaseName() + ".unsealed");
        this.kind = kind;
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        writeFully(ByteBuffer.allocate(FrameLayout.BYTES));
    }

    /** Bytes of payload so far. */
    long position() {
        return flushedBytes + buffer.position();
    }

    void putByte(int value) throws IOException {
        room(Byte.BYTES).put((byte) value);
    }

    void putShort(int value) throws IOException {
        room(Short.BYTES).putShort((short) value);
    }

    void putInt(int value) throws IOException {
        room(Integer.BYTES).putInt(value);
    }

    void putLong(long value) throws IOException {
        room(Long.BYTES).putLong(value);
    }

    void putFloat(float value) throws IOException {
        room(Float.BYTES).putFloat(value);
    }

    void putBytes(byte[] bytes) throws IOException {
        putBytes(bytes, 0, bytes.length);
    }

    void putBytes(byte[] bytes, int offset, int length) throws IOException {
        for (int from = offset, end = offset + length; from < end; ) {
            int count = Math.min(end - from, room(1).remaining());
            buffer.put(bytes, from, count);
            from += count;
        }
    }

    /** The payload as a stream, which need not be flushed or closed. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                putByte(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                putBytes(bytes, offset, length);
            }
        };
    }

    /** Puts the length in bytes, then the UTF-8 of a string. */
    void putString(String string) throws IOException {
        byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
        putInt(bytes.length);
        putBytes(bytes);
    }

    /** Puts zeros until the position is a multiple of a power of two. */
    void align(int powerOfTwo) throws IOException {
        while ((position() & (powerOfTwo - 1)) != 0) {
            putByte(0);
        }
    }

    /** Ends the payload; nothing can be put afterwards. Returns what the file will be. */
    FileInfo finish() throws IOException {
        flush();
        return new FileInfo(kind, FrameLayout.fileBytes(flushedBytes), (int) checksum.getValue());
    }

    /** After {@link #finish}: writes the frame, syncs, and gives the file its name. */
    void seal(long segmentId) throws IOException {
        seal(segmentId, kind.fileName(segmentId), true);
    }

    /** The same without a sync, for a file that may be lost. */
    void sealUnsynced(long segmentId) throws IOException {
        seal(segmentId, kind.fileName(segmentId), false);
    }

    /** The same under a name of its own. */
    void seal(long segmentId, String fileName) throws IOException {
        seal(segmentId, fileName, true);
    }

    private void seal(long segmentId, String fileName, boolean syncs) throws IOException {
        ByteBuffer footer = ByteBuffer.allocate(FrameLayout.FOOTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        writeFully(footer.putInt(0, (int) checksum.getValue()));
        ByteBuffer header = ByteBuffer.allocate(FrameLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(FrameLayout.MAGIC_OFFSET, FrameLayout.magic());
        header.putInt(FrameLayout.VERSION_OFFSET, FrameLayout.FORMAT_VERSION);
        header.putInt(FrameLayout.KIND_OFFSET, kind.code());
        header.putLong(FrameLayout.SEGMENT_ID_OFFSET, segmentId);
        header.putLong(FrameLayout.PAYLOAD_LENGTH_OFFSET, flushedBytes);
        CRC32C headerChecksum = new CRC32C();
        headerChecksum.update(header.slice(0, FrameLayout.HEADER_CHECKSUM_OFFSET));
        header.putInt(FrameLayout.HEADER_CHECKSUM_OFFSET, (int) headerChecksum.getValue());
        channel.position(0);
        writeFully(header);
        if (syncs) {
            channel.force(true);
        }
        channel.close();
        Files.move(path, path.resolveSibling(fileName), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Closes the file; one that was not sealed goes. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            Files.deleteIfExists(path);
        }
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() throws IOException {
        buffer.flip();
        checksum.update(buffer.duplicate());
        flushedBytes += buffer.limit();
        writeFully(buffer);
        buffer.clear();
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
