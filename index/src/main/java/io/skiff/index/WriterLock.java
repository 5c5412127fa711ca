package io.skiff.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write in a directory, held by one writer at a time over all processes. Readers need none.
 *
 * <p>The lock is the operating system's, on a file that stays and has the id of the process that locked it last, so a
 * crash lets go of it.
 */
public final class WriterLock implements Closeable {
    /** The file that is locked in the directory of an index. */
    static final String NAME = "write.lock";

    // The locks of this process must not be tried: closing the second channel would free the first one's lock.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private WriterLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Locks the index in a directory, which must exist. */
    static WriterLock acquire(Path directory) throws IOException {
        return acquire(directory, NAME);
    }

    /**
     * Locks a directory, which must exist, by a file in it.
     *
     * @throws IOException if somebody else has; the message says who
     */
    @SuppressWarnings("MustBeClosedChecker") // the lock that is returned closes it
    public static WriterLock acquire(Path directory, String fileName) throws IOException {
        Path file = directory.toRealPath().resolve(fileName);
        if (!HELD.add(file)) {
            throw inUse(directory, "this process");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw inUse(directory, "process " + Files.readString(file).strip());
            }
            channel.truncate(0);
            byte[] owner = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(owner), 0);
            return new WriterLock(file, channel);
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
        if (channel.isOpen()) {
            close(file, channel);
        }
    }
}
