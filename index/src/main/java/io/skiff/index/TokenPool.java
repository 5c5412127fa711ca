package io.skiff.index;

/**
 * Lets vectors share the strings of their tokens. A document waits in memory until the next refresh, and a collector of
 * garbage copies what waits: with a string for each of its hundred tokens, writing 5,000 documents a second made it stop
 * all searches for 50 ms and more at a time.
 *
 * <p>A table of fixed size in which a token takes the slot of its hash from whatever had it: forgetful, but without locks.
 * Threads may race for a slot, as the worst that happens is that a string is not shared.
 */
final class TokenPool {
    /** More than the vocabularies of the usual encoders have tokens. */
    static final int SLOTS = 1 << 16;

    /** Longer tokens are not kept: the pool holds some megabytes at most. */
    static final int LONGEST = 64;

    private static final String[] POOL = new String[SLOTS];

    private TokenPool() {}

    /** An equal token, for many callers the same one. */
    static String share(String token) {
        if (token.length() > LONGEST) {
            return token;
        }
        int hash = token.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        String pooled = POOL[slot];
        if (token.equals(pooled)) {
            return pooled;
        }
        POOL[slot] = token;
        return token;
    }
}
