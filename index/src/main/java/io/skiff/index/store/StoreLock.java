package io.skiff.index.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a second writer out, in this process and others; the system frees it when its owner dies. */
final class StoreLock implements Closeable {
    private static final String NAME = "writer.lock";

    // The locks of this process must not be tried: closing the second channel would free the first one's lock.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private StoreLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks a directory, which must exist.
     *
     * @throws IOException if somebody else has; the message says who
     */
    static StoreLock acquire(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve(NAME);
        if (!HELD.add(file)) {
            throw inUse(directory, "this process");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(directory, "process " + Files.readString(file).strip());
            }
            channel.truncate(0);
            byte[] owner = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(owner), 0);
            return new StoreLock(file, channel);
        } catch (OverlappingFileLockException e) {
            close(file, channel);
            throw inUse(directory, "this process");
        } catch (IOException | RuntimeException e) {
            close(file, channel);
            throw e;
        }
    }

    private static IOException inUse(Path directory, String owner) {
        return new IOException("the index in " + directory + " is being written by " + owner
                + " already; an index has one writer at a time, so stop that one first");
    }

    private static void close(Path file, FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD.remove(file);
        }
    }

    @Override
    public void close() throws IOException {
        close(file, channel);
    }
}
