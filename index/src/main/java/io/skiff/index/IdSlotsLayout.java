package io.skiff.index;

import java.util.zip.CRC32C;

/**
 * The payload of the table that finds a document by its external id.
 *
 * <pre>
 *   +--------+--------+-- ... --+
 *   | slot 0 | slot 1 |         |   i32 each: 0, or a docId plus 1
 *   +--------+--------+-- ... --+
 * </pre>
 *
 * <p>An open-addressing hash table with a power of two of slots. A document is in the first slot at or after its hash,
 * wrapping around, that was free when the documents before it were in.
 */
final class IdSlotsLayout {
    /** Size of one slot. */
    static final int BYTES = Integer.BYTES;

    private IdSlotsLayout() {}

    /** The number of slots for so many documents: at most half of them are taken, so that a probe is short. */
    static int slotCount(int documentCount) {
        return documentCount == 0 ? 1 : Integer.highestOneBit(documentCount) << 2;
    }

    /** The hash of an id: CRC32C of its bytes. */
    static int hash(byte[] id) {
        CRC32C crc = new CRC32C();
        crc.update(id, 0, id.length);
        return (int) crc.getValue();
    }
}
