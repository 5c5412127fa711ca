package io.skiff.index;

/**
 * Byte strings of any length by number: the payload of the identifiers and of the sources, by docId.
 *
 * <pre>
 *   +---------+---------+-- ... --+----------------+-------------------------------+
 *   | entry 0 | entry 1 |         | zeros to a     | offset of entry 0, 1, ..., n  |
 *   | bytes   | bytes   |         | multiple of 8  | i64 each                      |
 *   +---------+---------+-- ... --+----------------+-------------------------------+
 * </pre>
 *
 * <p>The offset of entry n, which does not exist, is where the last entry ends. The offsets come last so that entries
 * can be written as they come.
 */
final class EntriesLayout {
    /** Size of one offset. */
    static final int BYTES = Long.BYTES;

    private EntriesLayout() {}

    /** Size of the offsets of so many entries. */
    static long offsetsBytes(int entryCount) {
        return (entryCount + 1L) * BYTES;
    }
}
