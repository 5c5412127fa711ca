package io.skiff.encoder.onnx;

import io.skiff.encoder.EncodingException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps native memory alive while somebody is in it: closing waits for those who are inside and turns away those who come
 * later. A native call on freed memory would take the whole JVM with it.
 */
final class Lifetime {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closing;

    /**
     * Does some work inside.
     *
     * @throws EncodingException if it is over
     */
    <T> T during(Supplier<T> work) {
        lock.readLock().lock();
        try {
            verifyOpen();
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** For those inside, between steps of long work: ends it when somebody closes or the thread is interrupted. */
    void verifyOpen() {
        if (closing) {
            throw new EncodingException("the encoder is closed", EncodingException.NO_TEXT, null);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new EncodingException("encoding was interrupted", EncodingException.NO_TEXT, null);
        }
    }

    /** Whether somebody closes or has closed. */
    boolean isClosing() {
        return closing;
    }

    /**
     * Ends it, once.
     *
     * @param hurry tells those inside to leave early
     * @param release runs when nobody is inside
     */
    void close(Runnable hurry, Runnable release) {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
        }
        hurry.run();
        lock.writeLock().lock();
        try {
            release.run();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
