package io.skiff.encoder.onnx;

import io.skiff.index.SparseVector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The vectors of the queries that were asked last. Safe for use by several threads. */
final class QueryCache {
    /** A longer text is hardly asked twice, and its key would take more memory than its vector. */
    static final int LONGEST_TEXT_CHARS = 1024;

    private static final float LOAD_FACTOR = 0.75f;

    private final Map<String, SparseVector> vectors;

    /** Remembers that many, least recently used out first; 0 for none. */
    QueryCache(int capacity) {
        this.vectors = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, SparseVector> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized Optional<SparseVector> get(String text) {
        return Optional.ofNullable(vectors.get(text));
    }

    synchronized void put(String text, SparseVector vector) {
        if (text.length() <= LONGEST_TEXT_CHARS) {
            vectors.put(text, vector);
        }
    }
}
