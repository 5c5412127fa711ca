package io.skiff.index.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What is kept under an id.
 *
 * <pre>
 *    0                 8              16        24
 *   +-----------------+--------------+---------+---------+
 *   | sequence number | primary term | version | deleted |
 *   | i64             | i64          | i64     | u8      |
 *   +-----------------+--------------+---------+---------+
 * </pre>
 */
final class IdLayout {
    static final int SEQUENCE_NUMBER_OFFSET = 0;
    static final int PRIMARY_TERM_OFFSET = SEQUENCE_NUMBER_OFFSET + Long.BYTES;
    static final int VERSION_OFFSET = PRIMARY_TERM_OFFSET + Long.BYTES;
    static final int DELETED_OFFSET = VERSION_OFFSET + Long.BYTES;

    /** Size of the whole. */
    static final int BYTES = DELETED_OFFSET + Byte.BYTES;

    private IdLayout() {}

    /** What is known of an id without its document. */
    record Entry(Revision revision, boolean deleted) {}

    static byte[] encode(Entry entry) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(SEQUENCE_NUMBER_OFFSET, entry.revision().sequenceNumber());
        bytes.putLong(PRIMARY_TERM_OFFSET, entry.revision().primaryTerm());
        bytes.putLong(VERSION_OFFSET, entry.revision().version());
        bytes.put(DELETED_OFFSET, (byte) (entry.deleted() ? 1 : 0));
        return bytes.array();
    }

    static Entry decode(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        return new Entry(
                new Revision(
                        bytes.getLong(SEQUENCE_NUMBER_OFFSET),
                        bytes.getLong(PRIMARY_TERM_OFFSET),
                        bytes.getLong(VERSION_OFFSET)),
                bytes.get(DELETED_OFFSET) != 0);
    }
}
