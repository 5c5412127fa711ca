package io.skiff.index.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What is kept under a sequence number, the key of which is an i64 in big-endian order so that keys sort as numbers.
 *
 * <pre>
 *    0              8         16        17         21              25
 *   +--------------+---------+---------+----------+---------------+----+---------+--------+
 *   | primary term | version | deleted | id bytes | derived bytes | id | derived | source |
 *   | i64          | i64     | u8      | i32      | i32           |    |         | rest   |
 *   +--------------+---------+---------+----------+---------------+----+---------+--------+
 * </pre>
 */
final class DocumentLayout {
    static final int PRIMARY_TERM_OFFSET = 0;
    static final int VERSION_OFFSET = PRIMARY_TERM_OFFSET + Long.BYTES;
    static final int DELETED_OFFSET = VERSION_OFFSET + Long.BYTES;
    static final int ID_BYTES_OFFSET = DELETED_OFFSET + Byte.BYTES;
    static final int DERIVED_BYTES_OFFSET = ID_BYTES_OFFSET + Integer.BYTES;

    /** Size of what stands before the id. */
    static final int BYTES = DERIVED_BYTES_OFFSET + Integer.BYTES;

    private static final byte[] NOTHING = new byte[0];

    private DocumentLayout() {}

    static byte[] key(long sequenceNumber) {
        return ByteBuffer.allocate(Long.BYTES).putLong(sequenceNumber).array();
    }

    static long sequenceNumber(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    static byte[] encodeStored(byte[] id, Revision revision, byte[] derived, byte[] source) {
        return encode(id, revision, false, derived, source);
    }

    static byte[] encodeDeleted(byte[] id, Revision revision) {
        return encode(id, revision, true, NOTHING, NOTHING);
    }

    private static byte[] encode(byte[] id, Revision revision, boolean deleted, byte[] derived, byte[] source) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES + id.length + derived.length + source.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(revision.primaryTerm());
        bytes.putLong(revision.version());
        bytes.put((byte) (deleted ? 1 : 0));
        bytes.putInt(id.length);
        bytes.putInt(derived.length);
        return bytes.put(id).put(derived).put(source).array();
    }

    /**
     * The change of that number.
     *
     * @throws IllegalArgumentException if the bytes are no such record
     */
    static Change decode(long sequenceNumber, byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        try {
            long primaryTerm = bytes.getLong();
            long version = bytes.getLong();
            boolean deleted = bytes.get() != 0;
            int idBytes = bytes.getInt();
            int derivedBytes = bytes.getInt();
            String id = new String(take(bytes, idBytes), StandardCharsets.UTF_8);
            Revision revision = new Revision(sequenceNumber, primaryTerm, version);
            if (deleted) {
                return new Change.Deleted(id, revision);
            }
            byte[] derived = take(bytes, derivedBytes);
            return new Change.Stored(id, revision, take(bytes, bytes.remaining()), derived);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException(
                    "the record of sequence number " + sequenceNumber + " is cut: it has " + stored.length + " bytes",
                    e);
        }
    }

    private static byte[] take(ByteBuffer bytes, int count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] taken = new byte[count];
        bytes.get(taken);
        return taken;
    }
}
