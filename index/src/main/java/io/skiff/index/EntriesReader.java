package io.skiff.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Byte strings by number, read from {@link EntriesLayout}. */
final class EntriesReader {
    private static final int CACHE_LINE_BYTES = 64;

    /** What is read ahead of an entry: a processor goes on by itself. */
    private static final int TOUCHED_BYTES = 256;

    private final MappedFile file;
    private final int entryCount;
    private final long entriesBytes;

    /** Verifies that the file is as long as so many entries need. */
    EntriesReader(MappedFile file, int entryCount) throws IndexFormatException {
        this.file = file;
        this.entryCount = entryCount;
        this.entriesBytes = file.payload().byteSize() - EntriesLayout.offsetsBytes(entryCount);
        if (entriesBytes < 0 || entriesBytes % EntriesLayout.BYTES != 0) {
            throw file.damaged("has a payload of " + file.payload().byteSize() + " bytes, which does not fit "
                    + entryCount + " entries");
        }
    }

    /** The bytes of an entry, a fresh copy. */
    byte[] get(int entry) {
        if (entry < 0 || entry >= entryCount) {
            throw new IndexOutOfBoundsException("entry " + entry + " of " + entryCount);
        }
        long from = offset(entry);
        long to = offset(entry + 1);
        if (from < 0 || to < from || to > entriesBytes || to - from > Integer.MAX_VALUE) {
            throw file.damagedWhileReading("has entry " + entry + " from byte " + from + " to byte " + to
                    + ", outside of its " + entriesBytes + " bytes of entries");
        }
        byte[] bytes = new byte[(int) (to - from)];
        MemorySegment.copy(file.payload(), ValueLayout.JAVA_BYTE, from, bytes, 0, bytes.length);
        return bytes;
    }

    /** Reads where an entry is, for {@link ReadAhead}; the result means nothing. */
    int touchOffsets(int entry) {
        return (int) (offset(entry) + offset(entry + 1));
    }

    /** Reads the first bytes of an entry, likewise. */
    int touchEntry(int entry) {
        long from = Math.max(0, offset(entry));
        long to = Math.min(Math.min(offset(entry + 1), entriesBytes), from + TOUCHED_BYTES);
        int sum = 0;
        for (long at = from; at < to; at += CACHE_LINE_BYTES) {
            sum += file.payload().get(ValueLayout.JAVA_BYTE, at);
        }
        return sum;
    }

    /** Verifies that the entries follow each other from the first byte to the padding before the offsets. */
    void check() throws IndexFormatException {
        long end = offset(0);
        if (end != 0) {
            throw file.damaged("has its first entry at byte " + end + ", expected 0");
        }
        for (int entry = 0; entry < entryCount; entry++) {
            long next = offset(entry + 1);
            if (next < end || next - end > Integer.MAX_VALUE) {
                throw file.damaged("has entry " + entry + " from byte " + end + " to byte " + next);
            }
            end = next;
        }
        if (end > entriesBytes || entriesBytes - end >= EntriesLayout.BYTES) {
            throw file.damaged("has entries to byte " + end + ", but its offsets start at " + entriesBytes);
        }
    }

    IndexFormatException damaged(String what) {
        return file.damaged(what);
    }

    private long offset(int entry) {
        return file.payload().get(LittleEndian.LONG, entriesBytes + (long) entry * EntriesLayout.BYTES);
    }
}
