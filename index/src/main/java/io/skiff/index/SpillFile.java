package io.skiff.index;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a build keeps on disk until it is done: arrays, appended and read back, in this machine's byte order. Safe for use
 * by several threads. The file goes when it is closed.
 */
final class SpillFile implements Closeable {
    private static final int STAGE_BYTES = 1 << 18;

    private final FileChannel channel;
    private long end;

    SpillFile(Path path) throws IOException {
        channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    private synchronized long allocate(long bytes) {
        long start = end;
        end += bytes;
        return start;
    }

    /** Appends an array, seen as a segment; returns where. */
    long append(MemorySegment array) throws IOException {
        long start = allocate(array.byteSize());
        ByteBuffer stage = ByteBuffer.allocate((int) Math.min(STAGE_BYTES, array.byteSize()));
        for (long done = 0; done < array.byteSize(); ) {
            stage.clear().limit((int) Math.min(stage.capacity(), array.byteSize() - done));
            MemorySegment.ofBuffer(stage).copyFrom(array.asSlice(done, stage.limit()));
            while (stage.hasRemaining()) {
                done += channel.write(stage, start + done);
            }
        }
        return start;
    }

    /** Fills an array from where it was appended. */
    void read(long start, MemorySegment array) throws IOException {
        ByteBuffer stage = ByteBuffer.allocate((int) Math.min(STAGE_BYTES, array.byteSize()));
        for (long done = 0; done < array.byteSize(); done += stage.limit()) {
            stage.clear().limit((int) Math.min(stage.capacity(), array.byteSize() - done));
            while (stage.hasRemaining()) {
                if (channel.read(stage, start + done + stage.position()) < 0) {
                    throw new EOFException("a temporary file of the build ends at " + (start + done));
                }
            }
            array.asSlice(done, stage.limit()).copyFrom(MemorySegment.ofBuffer(stage.flip()));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
