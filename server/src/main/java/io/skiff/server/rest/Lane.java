package io.skiff.server.rest;

/** Where the work of a route runs. */
public enum Lane {
    /** On the thread that reads the sockets: for answers that touch nothing but memory and take microseconds. */
    IMMEDIATE,

    /** On the threads that search, behind the bounded queue. */
    SEARCH,

    /** On the threads that write and wait for the disk, behind a bounded queue of their own. */
    WRITE
}
