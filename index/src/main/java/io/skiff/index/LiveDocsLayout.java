package io.skiff.index;

/**
 * The payload of a live-documents file: one bit per document, set unless the document is deleted.
 *
 * <pre>
 *   byte   0          1                n - 1
 *         +----------+----------+ ... +----------+------------------------+
 *         | docIds   | docIds   |     | the last | 7 zeros, and up to 7   |
 *         | 0..7     | 8..15    |     | docIds   | more, to a multiple    |
 *         | u8       | u8       |     | u8       | of 8 bytes             |
 *         +----------+----------+ ... +----------+------------------------+
 * </pre>
 *
 * <p>Bit {@code docId % 8} of byte {@code docId / 8}. So the documents of a block of 8 are one byte, and 8 bytes may be
 * loaded at any byte that holds documents. Bits behind the last document are 0.
 */
final class LiveDocsLayout {
    /** DocIds in a byte. */
    static final int DOCIDS = Byte.SIZE;

    /** Bytes that can be loaded at any byte that holds documents. */
    static final int LOAD_BYTES = Long.BYTES;

    private LiveDocsLayout() {}

    /** Size of the payload for so many documents. */
    static int bytes(int documentCount) {
        int loadable = documentBytes(documentCount) + LOAD_BYTES - 1;
        return (loadable + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }

    /** Bytes that hold documents. */
    static int documentBytes(int documentCount) {
        return (documentCount + DOCIDS - 1) / DOCIDS;
    }

    /** The byte of a document. */
    static int byteOffset(int docId) {
        return docId / DOCIDS;
    }

    /** The bit of a document in its byte, as a mask. */
    static int mask(int docId) {
        return 1 << docId % DOCIDS;
    }
}
