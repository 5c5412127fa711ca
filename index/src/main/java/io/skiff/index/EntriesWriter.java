package io.skiff.index;

import java.io.IOException;
import org.agrona.collections.LongArrayList;

/** Writes byte strings by number as they come, in {@link EntriesLayout}; keeps nothing of them but their offsets. */
final class EntriesWriter {
    private final FrameWriter out;
    private final LongArrayList offsets = new LongArrayList();

    EntriesWriter(FrameWriter out) {
        this.out = out;
    }

    /** Writes the next entry. */
    void add(byte[] entry) throws IOException {
        offsets.addLong(out.position());
        out.putBytes(entry);
    }

    /** Writes what follows the entries. */
    void writeOffsets() throws IOException {
        offsets.addLong(out.position());
        out.align(EntriesLayout.BYTES);
        for (int i = 0; i < offsets.size(); i++) {
            out.putLong(offsets.getLong(i));
        }
    }
}
