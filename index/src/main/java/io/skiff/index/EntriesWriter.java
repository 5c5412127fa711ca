package io.skiff.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.collections.LongArrayList;

/** Writes byte strings by number as they come, in {@link EntriesLayout}; keeps nothing of them but their offsets. */
final class EntriesWriter implements Closeable {
    private final FrameWriter out;
    private final LongArrayList offsets = new LongArrayList();

    EntriesWriter(Path directory, FileKind kind) throws IOException {
        out = new FrameWriter(directory, kind);
    }

    /** Writes the next entry. */
    void add(byte[] entry) throws IOException {
        offsets.addLong(out.position());
        out.putBytes(entry);
    }

    /** Ends the payload and returns what the file will be. */
    FileInfo finish() throws IOException {
        offsets.addLong(out.position());
        out.align(EntriesLayout.BYTES);
        for (int i = 0; i < offsets.size(); i++) {
            out.putLong(offsets.getLong(i));
        }
        return out.finish();
    }

    /** After {@link #finish}: makes it a file of that segment. */
    void seal(long segmentId) throws IOException {
        out.seal(segmentId);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
