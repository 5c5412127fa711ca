package io.skiff.server.rest.plan;

import io.skiff.index.SegmentReader;
import io.skiff.index.columns.DocBits;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Keeps the documents of sets that searches come back to, by segment. A segment never changes, so neither does what is
 * kept; of segments that are gone it is thrown out as what nobody asks for. Safe for use by several threads, without a
 * lock.
 */
final class FilterCache {
    /** Bits of one set in a segment of a million documents are 125 kB. */
    static final long MAX_BYTES = 64 << 20;

    /** In smaller segments sets are found as fast as they are looked up. */
    static final int LEAST_DOCUMENTS = 4_096;

    private static final int SEEN_SLOTS = 1 << 12;

    private record Key(SegmentReader segment, DocumentSet set) {}

    private static final class Entry {
        final DocBits bits;
        volatile long lastUse;

        Entry(DocBits bits, long lastUse) {
            this.bits = bits;
            this.lastUse = lastUse;
        }

        long bytes() {
            return (long) bits.words().length * Long.BYTES;
        }
    }

    private final long maxBytes;
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong clock = new AtomicLong();
    private final AtomicBoolean isEvicting = new AtomicBoolean();

    /** Hashes of what was asked for lately: only what is asked for again is worth keeping. */
    private final AtomicIntegerArray seen = new AtomicIntegerArray(SEEN_SLOTS);

    FilterCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The documents of a set in a segment, not to be changed: kept ones, or what {@code finding} gives. */
    DocBits get(SegmentReader segment, DocumentSet set, Supplier<DocBits> finding) {
        if (segment.documentCount() < LEAST_DOCUMENTS) {
            return finding.get();
        }
        Key key = new Key(segment, set);
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.lastUse = clock.incrementAndGet();
            return entry.bits;
        }
        DocBits bits = finding.get();
        int hash = key.hashCode();
        if (seen.getAndSet((hash ^ (hash >>> 16)) & (SEEN_SLOTS - 1), hash) == hash) {
            keep(key, new Entry(bits, clock.incrementAndGet()));
        }
        return bits;
    }

    /** Bytes of all that is kept. */
    long bytes() {
        return bytes.get();
    }

    private void keep(Key key, Entry entry) {
        if (entry.bytes() > maxBytes || entries.putIfAbsent(key, entry) != null) {
            return;
        }
        if (bytes.addAndGet(entry.bytes()) > maxBytes && isEvicting.compareAndSet(false, true)) {
            try {
                evict();
            } finally {
                isEvicting.set(false);
            }
        }
    }

    /** Throws out what was not asked for the longest, and a little more, so that it is not for each one anew. */
    private void evict() {
        record Aged(Key key, long lastUse) {}
        List<Aged> oldestFirst = entries.entrySet().stream()
                .map(entry -> new Aged(entry.getKey(), entry.getValue().lastUse))
                .sorted(Comparator.comparingLong(Aged::lastUse))
                .toList();
        for (Aged aged : oldestFirst) {
            if (bytes.get() <= maxBytes - maxBytes / 8) {
                return;
            }
            Entry removed = entries.remove(aged.key());
            if (removed != null) {
                bytes.addAndGet(-removed.bytes());
            }
        }
    }
}
