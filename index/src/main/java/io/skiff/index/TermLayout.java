package io.skiff.index;

import java.util.zip.CRC32C;

/**
 * A term in a terms file.
 *
 * <pre>
 *    0                 8              16            20                    24           26               27     28     32
 *   +-----------------+--------------+-------------+---------------------+------------+----------------+------+------+
 *   | postings offset | token offset | token bytes | document frequency  | part count | largest impact | zero | hash |
 *   | i64             | i64          | i32         | i32                 | u16        | u8             | u8   | u32  |
 *   +-----------------+--------------+-------------+---------------------+------------+----------------+------+------+
 * </pre>
 *
 * <p>The postings offset counts from the start of the postings payload, the token offset from the start of the strings.
 */
final class TermLayout {
    static final int POSTINGS_OFFSET_OFFSET = 0;
    static final int TOKEN_OFFSET_OFFSET = POSTINGS_OFFSET_OFFSET + Long.BYTES;
    static final int TOKEN_BYTES_OFFSET = TOKEN_OFFSET_OFFSET + Long.BYTES;
    static final int DOCUMENT_FREQUENCY_OFFSET = TOKEN_BYTES_OFFSET + Integer.BYTES;
    static final int PART_COUNT_OFFSET = DOCUMENT_FREQUENCY_OFFSET + Integer.BYTES;
    static final int LARGEST_IMPACT_OFFSET = PART_COUNT_OFFSET + Short.BYTES;
    static final int RESERVED_OFFSET = LARGEST_IMPACT_OFFSET + Byte.BYTES;
    static final int HASH_OFFSET = RESERVED_OFFSET + Byte.BYTES;

    /** Size of one term: two in a cache line. */
    static final int BYTES = HASH_OFFSET + Integer.BYTES;

    private TermLayout() {}

    /** The hash of a token in the field that is at {@code field}: CRC32C of the field, an i32, and the token's bytes. */
    static int hash(int field, byte[] token) {
        CRC32C crc = new CRC32C();
        crc.update(field);
        crc.update(field >>> 8);
        crc.update(field >>> 16);
        crc.update(field >>> 24);
        crc.update(token, 0, token.length);
        return (int) crc.getValue();
    }
}
