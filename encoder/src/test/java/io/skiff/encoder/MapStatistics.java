package io.skiff.encoder;

import io.skiff.index.FieldStatistics;
import java.util.Map;

/** Statistics given as a map of document frequencies. */
record MapStatistics(long documentCount, Map<String, Long> frequencies) implements FieldStatistics {
    @Override
    public long documentFrequency(String token) {
        return frequencies.getOrDefault(token, 0L);
    }
}
