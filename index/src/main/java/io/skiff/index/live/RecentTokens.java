package io.skiff.index.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The tokens that were read lately. A vocabulary has some thirty thousand and a document some hundred of them, so that most
 * were read before, and need not be made again: of a refresh, that is a third of what it allocates.
 *
 * <p>Safe for use by several threads, without a lock: who reads a token while another puts one in its place makes it anew.
 */
final class RecentTokens {
    private static final int SLOTS = 1 << 16;

    /** Longer ones are rare, and would keep much memory. */
    private static final int MOST_BYTES = 32;

    private final String[] slots = new String[SLOTS];

    /** Reads a token of so many bytes of UTF-8. */
    String read(ByteBuffer in, int length) {
        int start = in.position();
        int hash = 0; // a string's own, if it is ASCII
        boolean isPlain = length <= MOST_BYTES;
        for (int i = 0; i < length && isPlain; i++) {
            byte each = in.get(start + i);
            hash = 31 * hash + each;
            isPlain = each >= 0;
        }
        if (!isPlain) {
            return make(in, length);
        }
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        String known = slots[slot];
        if (known != null && known.hashCode() == hash && isSame(known, in, start, length)) {
            in.position(start + length);
            return known;
        }
        String made = make(in, length);
        slots[slot] = made;
        return made;
    }

    private static boolean isSame(String token, ByteBuffer in, int start, int length) {
        if (token.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (token.charAt(i) != in.get(start + i)) {
                return false;
            }
        }
        return true;
    }

    private static String make(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
