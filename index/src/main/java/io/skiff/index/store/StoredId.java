package io.skiff.index.store;

import io.skiff.index.InvalidDocumentException;
import io.skiff.index.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** External ids as keys. */
final class StoredId {
    private StoredId() {}

    /**
     * The UTF-8 of an id.
     *
     * @throws InvalidDocumentException if it is absent, empty, too long, or not well-formed, when two ids could become one
     */
    static byte[] encode(String id) {
        if (id == null || id.isEmpty()) {
            throw new InvalidDocumentException("a document has no id; every document needs one that is not empty");
        }
        ByteBuffer bytes;
        try {
            bytes = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(id));
        } catch (CharacterCodingException e) {
            throw new InvalidDocumentException("document '" + abbreviate(id) + "': its id is not well-formed Unicode");
        }
        if (bytes.remaining() > Limits.MAX_ID_BYTES) {
            throw new InvalidDocumentException("document '" + abbreviate(id) + "': its id has " + bytes.remaining()
                    + " bytes of UTF-8, the limit is " + Limits.MAX_ID_BYTES);
        }
        byte[] key = new byte[bytes.remaining()];
        bytes.get(key);
        return key;
    }

    private static String abbreviate(String id) {
        return id.length() <= 80 ? id : id.substring(0, 80) + "...";
    }
}
