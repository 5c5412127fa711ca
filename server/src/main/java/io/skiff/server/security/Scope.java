package io.skiff.server.security;

/** What a key allows. */
public enum Scope {
    /** To search, count and look at what is there. */
    READ,
    /** To change what is there; reading is not in it. */
    WRITE
}
