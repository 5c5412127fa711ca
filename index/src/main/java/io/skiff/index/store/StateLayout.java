package io.skiff.index.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What is known of the store as a whole, written with every group of changes.
 *
 * <pre>
 *    0                      8              16
 *   +----------------------+--------------+----------------+
 *   | last sequence number | primary term | live documents |
 *   | i64, -1 if none      | i64          | i64            |
 *   +----------------------+--------------+----------------+
 * </pre>
 */
final class StateLayout {
    static final int LAST_SEQUENCE_NUMBER_OFFSET = 0;
    static final int PRIMARY_TERM_OFFSET = LAST_SEQUENCE_NUMBER_OFFSET + Long.BYTES;
    static final int LIVE_DOCUMENTS_OFFSET = PRIMARY_TERM_OFFSET + Long.BYTES;

    /** Size of the whole. */
    static final int BYTES = LIVE_DOCUMENTS_OFFSET + Long.BYTES;

    private StateLayout() {}

    /** The decoded form. */
    record State(long lastSequenceNumber, long primaryTerm, long liveDocuments) {
        static final State EMPTY = new State(-1, 0, 0);
    }

    static byte[] encode(State state) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(LAST_SEQUENCE_NUMBER_OFFSET, state.lastSequenceNumber());
        bytes.putLong(PRIMARY_TERM_OFFSET, state.primaryTerm());
        bytes.putLong(LIVE_DOCUMENTS_OFFSET, state.liveDocuments());
        return bytes.array();
    }

    static State decode(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        return new State(
                bytes.getLong(LAST_SEQUENCE_NUMBER_OFFSET),
                bytes.getLong(PRIMARY_TERM_OFFSET),
                bytes.getLong(LIVE_DOCUMENTS_OFFSET));
    }
}
