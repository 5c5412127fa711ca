package io.skiff.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to change an index, held by one writer at a time over all processes. Readers need none.
 *
 * <p>The lock is the operating system's, on a file that stays, so a crash lets go of it.
 */
final class IndexLock implements Closeable {
    /** The file that is locked. */
    static final String NAME = "write.lock";

    // The indexes locked by this process. Their files must not be opened again: closing that would free the lock.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path index;
    private final FileChannel channel;

    private IndexLock(Path index, FileChannel channel) {
        this.index = index;
        this.channel = channel;
    }

    /**
     * Locks the index in an existing directory.
     *
     * @throws IOException if another writer, of this process or of another, holds it
     */
    @SuppressWarnings("MustBeClosedChecker") // the lock that is returned closes it
    static IndexLock acquire(Path directory) throws IOException {
        Path index = directory.toRealPath();
        if (!HELD.add(index)) {
            throw new IOException(index + " is being changed by another writer in this process");
        }
        FileChannel channel = null;
        boolean acquired = false;
        try {
            channel = FileChannel.open(index.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new IOException(index + " is being changed by another process");
            }
            acquired = true;
            return new IndexLock(index, channel);
        } finally {
            if (!acquired) {
                release(index, channel);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            release(index, channel);
        }
    }

    private static void release(Path index, FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD.remove(index);
        }
    }
}
