package io.skiff.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A segment that is mapped once for all who use it, and unmapped when the last of them lets go. */
final class OpenSegment {
    private final Arena arena;
    private final SegmentReader reader;
    private final AtomicInteger users = new AtomicInteger(1);

    private OpenSegment(Arena arena, SegmentReader reader) {
        this.arena = arena;
        this.reader = reader;
    }

    /** Maps a segment and verifies its files; the caller is its first user. */
    @SuppressWarnings("MustBeClosedChecker") // the last user closes it
    static OpenSegment open(Path directory, SegmentInfo segment, Verification verification) throws IOException {
        Arena arena = Arena.ofShared();
        OpenSegment opened = null;
        try {
            opened = new OpenSegment(arena, SegmentReader.open(directory, segment, verification, arena));
            return opened;
        } finally {
            if (opened == null) {
                arena.close();
            }
        }
    }

    /** The segment, with what was deleted of it when it was opened. */
    SegmentReader reader() {
        return reader;
    }

    /** Counts one more user, on behalf of one who is. */
    OpenSegment retain() {
        users.incrementAndGet();
        return this;
    }

    /** Counts one user less. */
    void release() {
        if (users.decrementAndGet() == 0) {
            arena.close();
        }
    }
}
