package io.skiff.scoring;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What several searching threads know of the k-th best document: a key that no document of the result reaches or exceeds.
 * Each thread's own k-th best is such a key, and so is the best of them.
 */
final class SharedThreshold {
    private final AtomicLong worstKey = new AtomicLong(TopK.key(0, 0));

    long key() {
        return worstKey.get();
    }

    void lower(long key) {
        if (key < worstKey.get()) {
            worstKey.accumulateAndGet(key, Math::min);
        }
    }
}
