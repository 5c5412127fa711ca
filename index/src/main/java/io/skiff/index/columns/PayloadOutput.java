package io.skiff.index.columns;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes little-endian numbers to a stream and knows how far it is. */
final class PayloadOutput {
    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14).order(ByteOrder.LITTLE_ENDIAN);
    private long flushed;

    PayloadOutput(OutputStream out) {
        this.out = out;
    }

    long position() {
        return flushed + buffer.position();
    }

    void putInt(int value) throws IOException {
        room(Integer.BYTES).putInt(value);
    }

    void putLong(long value) throws IOException {
        room(Long.BYTES).putLong(value);
    }

    void putBytes(byte[] bytes) throws IOException {
        putBytes(bytes, 0, bytes.length);
    }

    void putBytes(byte[] bytes, int from, int length) throws IOException {
        if (length <= buffer.capacity()) {
            room(length).put(bytes, from, length);
            return;
        }
        flush();
        out.write(bytes, from, length);
        flushed += length;
    }

    /** Puts zeros up to a multiple of a power of two; returns where that is. */
    long align(int powerOfTwo) throws IOException {
        while ((position() & (powerOfTwo - 1)) != 0) {
            room(Byte.BYTES).put((byte) 0);
        }
        return position();
    }

    void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        flushed += buffer.position();
        buffer.clear();
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }
}
