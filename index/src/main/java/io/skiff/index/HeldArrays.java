package io.skiff.index;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Arrays that a build keeps until it is done: in memory outside of the heap up to a limit, and in a file what is over it.
 * Large arrays on the heap, if only for a second, make a collector of garbage look for what lives there, and stop searches.
 *
 * <p>Safe for use by several threads. Memory and file go when it is closed.
 */
final class HeldArrays implements Closeable {
    private static final long ALIGNMENT = Long.BYTES;

    private final Path path;
    private final List<MemorySegment> held = new ArrayList<>();
    private Arena arena;
    private SpillFile file;
    private long remaining;

    /**
     * None yet.
     *
     * @param path of the file, if there will be one
     * @param memoryBytes how much may be in memory
     */
    HeldArrays(Path path, long memoryBytes) {
        this.path = path;
        this.remaining = memoryBytes;
    }

    /** Copies an array, seen as a segment; returns where it is now. */
    long add(MemorySegment array) throws IOException {
        SpillFile over;
        synchronized (this) {
            if (array.byteSize() <= remaining) {
                remaining -= array.byteSize();
                return inMemory(array);
            }
            if (file == null) {
                file = new SpillFile(path);
            }
            over = file;
        }
        return over.append(array);
    }

    @SuppressWarnings("MustBeClosedChecker") // closed with this
    private long inMemory(MemorySegment array) {
        if (arena == null) {
            arena = Arena.ofShared();
        }
        held.add(arena.allocate(array.byteSize(), ALIGNMENT).copyFrom(array));
        return -held.size();
    }

    /** Fills an array from that at a place, from a byte of it on. */
    void read(long place, long fromByte, MemorySegment array) throws IOException {
        if (place >= 0) {
            file().read(place + fromByte, array);
        } else {
            array.copyFrom(held(place).asSlice(fromByte, array.byteSize()));
        }
    }

    private synchronized SpillFile file() {
        return file;
    }

    private synchronized MemorySegment held(long place) {
        return held.get((int) (-place - 1));
    }

    @Override
    public synchronized void close() throws IOException {
        held.clear();
        if (arena != null) {
            arena.close();
            arena = null;
        }
        if (file != null) {
            file.close();
        }
    }
}
