package io.skiff.server.rest.document;

import io.skiff.index.Limits;
import io.skiff.server.rest.RestException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Documents' ids: which can be, and new ones. */
final class DocumentIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int GENERATED_BYTES = 15;

    private DocumentIds() {}

    /** An id that nobody has: of the time, so that those made together stand together, and of chance. */
    static String generate() {
        byte[] bytes = new byte[GENERATED_BYTES];
        RANDOM.nextBytes(bytes);
        byte[] time = ByteBuffer.allocate(Long.BYTES)
                .putLong(System.currentTimeMillis() << Short.SIZE)
                .array();
        System.arraycopy(time, 0, bytes, 0, Long.BYTES - Short.BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The id, if it can be one.
     *
     * @throws RestException if not
     */
    static String require(String id) {
        if (id.isEmpty()) {
            throw RestException.illegalArgument("if _id is specified it must not be empty");
        }
        int bytes = id.length() <= Limits.MAX_ID_BYTES / 3 ? 0 : id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Limits.MAX_ID_BYTES) {
            throw RestException.illegalArgument("id [" + id.substring(0, 64)
                    + "...] is too long, must be no longer than " + Limits.MAX_ID_BYTES + " bytes but was: " + bytes);
        }
        return id;
    }
}
