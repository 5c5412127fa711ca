package io.skiff.index;

import java.nio.charset.StandardCharsets;

/**
 * The frame around the payload of every file.
 *
 * <pre>
 *    0         8         12      16           24               32          60           64
 *   +---------+---------+-------+------------+----------------+-----------+------------+---------+--------+
 *   | magic   | version | kind  | segment id | payload length | zeros     | header CRC | payload | CRC of |
 *   | 8 bytes | i32     | i32   | i64        | i64            | 28 bytes  | u32        |         | payload|
 *   +---------+---------+-------+------------+----------------+-----------+------------+---------+--------+
 * </pre>
 *
 * <p>The payload starts on a cache line, so offsets that are aligned in the payload are aligned in mapped memory. The
 * header checksum covers all bytes before it.
 */
final class FrameLayout {
    /** The version that is written and the only one that is read. */
    static final int FORMAT_VERSION = 1;

    private static final byte[] MAGIC = "SKIFFIDX".getBytes(StandardCharsets.US_ASCII);

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int KIND_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final int SEGMENT_ID_OFFSET = KIND_OFFSET + Integer.BYTES;
    static final int PAYLOAD_LENGTH_OFFSET = SEGMENT_ID_OFFSET + Long.BYTES;
    static final int RESERVED_OFFSET = PAYLOAD_LENGTH_OFFSET + Long.BYTES;
    static final int HEADER_CHECKSUM_OFFSET = RESERVED_OFFSET + 28;

    /** Size of the header, and where the payload starts. */
    static final int BYTES = HEADER_CHECKSUM_OFFSET + Integer.BYTES;

    /** Size of the footer, which is the CRC32C of the payload. */
    static final int FOOTER_BYTES = Integer.BYTES;

    /** The segment id in files that belong to no segment. */
    static final long NO_SEGMENT = 0;

    private FrameLayout() {}

    /** The first bytes of every file. */
    static byte[] magic() {
        return MAGIC.clone();
    }

    /** The length of a file with a payload of so many bytes. */
    static long fileBytes(long payloadBytes) {
        return BYTES + payloadBytes + FOOTER_BYTES;
    }
}
