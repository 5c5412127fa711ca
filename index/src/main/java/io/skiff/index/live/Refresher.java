package io.skiff.index.live;

import io.skiff.index.BuildOptions;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexReader;
import io.skiff.index.LiveSegments;
import io.skiff.index.MergePace;
import io.skiff.index.Quantizer;
import io.skiff.index.SegmentBuilder;
import io.skiff.index.store.DocumentStore;
import io.skiff.index.store.StoreView;
import io.skiff.index.store.Write;
import io.skiff.index.store.WriteResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;

/** Brings what was written into segments. Safe for use by several threads. */
final class Refresher {
    /** Up to so many documents, a field gets another scale within the refresh that needs it. */
    private static final long MAX_RESCALED_AT_ONCE = 10_000;

    /** So few changes are left to be brought into segments on another scale that writers can wait for them. */
    private static final long FEW_CHANGES = 2_000;

    private static final int MOST_ROUNDS = 10;

    private final DocumentStore store;
    private final LiveSegments segments;
    private final LiveSchema schema;
    private final StoredFields storedFields;
    private final BuildOptions options;
    // Who writes shares it, so that a refresh, which has it alone, finds every write either done or not begun.
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final ReentrantLock refreshing = new ReentrantLock();
    private final AtomicLong refreshCount = new AtomicLong();
    private final AtomicLong deletionCount = new AtomicLong();
    // Scales that fields are to have, and will have once all segments were built again in the background.
    private final Map<String, Quantizer> wantedScales = new ConcurrentHashMap<>();
    private volatile WriteBuffer buffer = new WriteBuffer();
    private boolean closed;

    Refresher(
            DocumentStore store,
            LiveSegments segments,
            LiveSchema schema,
            StoredFields storedFields,
            BuildOptions options) {
        this.store = store;
        this.segments = segments;
        this.schema = schema;
        this.storedFields = storedFields;
        this.options = options;
    }

    /** What waits for a refresh. */
    WriteBuffer buffer() {
        return buffer;
    }

    /** Refreshes that changed something. */
    long refreshCount() {
        return refreshCount.get();
    }

    /** Deletions that were asked for. */
    long deletionCount() {
        return deletionCount.get();
    }

    /**
     * Brings the segments up to the store, a buffer of so many bytes at a time.
     *
     * @param progress told how many changes were read, one by one
     */
    void recover(long bufferBytes, LongConsumer progress) throws IOException {
        AtomicLong changeCount = new AtomicLong();
        wantedScales.putAll(storedFields.wantedScales());
        boolean recovered = false;
        try {
            store.replay(segments.sequenceNumber(), change -> {
                if (buffer.bytes() > bufferBytes) {
                    append(buffer, buffer.weights(), change.revision().sequenceNumber() - 1);
                    replaceBuffer();
                }
                buffer.add(change);
                progress.accept(changeCount.incrementAndGet());
            });
            append(buffer, buffer.weights(), store.lastSequenceNumber());
            replaceBuffer();
            recovered = true;
        } catch (IllegalArgumentException e) {
            throw new IOException("the document store is damaged: " + e.getMessage(), e);
        } finally {
            if (!recovered) {
                buffer.close();
            }
        }
    }

    private void replaceBuffer() {
        buffer.close();
        buffer = new WriteBuffer();
    }

    /** Carries out writes and takes note of them. */
    List<WriteResult> write(List<LiveWrite> writes, List<Write> stored) throws IOException {
        gate.readLock().lock();
        try {
            verifyOpen();
            List<WriteResult> results = store.write(stored);
            buffer.add(stored, results);
            deletionCount.addAndGet(
                    writes.stream().filter(LiveWrite.Delete.class::isInstance).count());
            return results;
        } finally {
            gate.readLock().unlock();
        }
    }

    private void verifyOpen() throws IOException {
        if (closed) {
            throw new IOException("the index is closed");
        }
    }

    /** Lets nobody write or refresh any more. */
    void close() {
        gate.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                buffer.close();
            }
        } finally {
            gate.writeLock().unlock();
        }
    }

    /** Does something while nothing is refreshed. */
    void alone(BackgroundWork.Work work) throws IOException {
        refreshing.lock();
        try {
            work.run();
        } finally {
            refreshing.unlock();
        }
    }

    /** What was written up to a moment and no segment has; it goes back to the buffer unless it was brought into one. */
    private final class Cut implements AutoCloseable {
        private final WriteBuffer changes;
        private final long upTo;
        private final StoreView view;
        private boolean done;

        Cut(WriteBuffer changes, long upTo, StoreView view) {
            this.changes = changes;
            this.upTo = upTo;
            this.view = view;
        }

        @Override
        public void close() {
            view.close();
            if (!done) {
                buffer.addAll(changes);
            }
            changes.close();
        }
    }

    /** Begins another buffer. The caller holds {@link #refreshing}. */
    private Cut cut() throws IOException {
        gate.writeLock().lock();
        try {
            verifyOpen();
            StoreView view = store.view();
            WriteBuffer changes = buffer;
            buffer = new WriteBuffer();
            return new Cut(changes, store.lastSequenceNumber(), view);
        } finally {
            gate.writeLock().unlock();
        }
    }

    /**
     * Makes everything searchable that was written before the call.
     *
     * @param mayRescale whether segments may be built again on other scales, if they are few and should
     */
    void refresh(boolean mayRescale) throws IOException {
        refreshing.lock();
        try {
            if (buffer.size() == 0 && store.lastSequenceNumber() == segments.sequenceNumber()) {
                return;
            }
            try (Cut cut = cut()) {
                Map<String, FieldWeights> weights = cut.changes.weights();
                Map<String, Quantizer> scales = unfit(weights);
                if (!scales.isEmpty() && mayRescale && store.documentCount() <= MAX_RESCALED_AT_ONCE) {
                    try (Rescaling rescaling = new Rescaling(segments, scales, options, MergePace.UNLIMITED)) {
                        rescaling.bringUpTo(cut.view, cut.upTo);
                        rescaling.takePlace(segments);
                    }
                } else {
                    append(cut.changes, weights, cut.upTo);
                }
                cut.done = true;
                refreshCount.incrementAndGet();
            }
        } finally {
            refreshing.unlock();
        }
    }

    private Map<String, Quantizer> unfit(Map<String, FieldWeights> weights) {
        try (IndexReader reader = segments.acquire()) {
            return schema.unfit(weights, reader);
        }
    }

    private void append(WriteBuffer changes, Map<String, FieldWeights> weights, long upTo) throws IOException {
        if (!changes.hasDocuments()) {
            segments.append(changes.replacedIds(), Optional.empty(), upTo);
            return;
        }
        want(unfit(weights));
        Map<String, FieldOptions> newFields = schema.newFields(weights, segments.fields());
        try (SegmentBuilder builder = segments.newSegment(newFields, options)) {
            builder.expect(
                    weights.values().stream().mapToLong(FieldWeights::count).sum());
            changes.forEachDocument(document -> builder.add(document.document()));
            segments.append(changes.replacedIds(), Optional.of(builder), upTo);
        }
    }

    /** Remembers scales, over a crash too, until all segments have them. */
    private void want(Map<String, Quantizer> scales) throws IOException {
        if (!wantedScales.entrySet().containsAll(scales.entrySet())) {
            wantedScales.putAll(scales);
            storedFields.saveWantedScales(wantedScales);
        }
    }

    /** Whether {@link #rescale} has something to do. */
    boolean wantsScales() {
        return !wantedScales.isEmpty();
    }

    /** Builds all segments again on the scales that are wanted, while writes and refreshes go on, but for a moment. */
    void rescale(MergePace pace) throws IOException {
        Map<String, Quantizer> scales = Map.copyOf(wantedScales);
        try (Rescaling rescaling = new Rescaling(segments, scales, options, pace)) {
            long changes = Long.MAX_VALUE;
            for (int round = 0; round < MOST_ROUNDS && changes > FEW_CHANGES; round++) {
                changes = bringUpToNow(rescaling);
            }
            refreshing.lock();
            try (Cut cut = cut()) {
                rescaling.bringUpTo(cut.view, cut.upTo);
                rescaling.takePlace(segments);
                cut.done = true;
                wantedScales.entrySet().removeIf(field -> field.getValue().equals(scales.get(field.getKey())));
                storedFields.saveWantedScales(wantedScales);
            } finally {
                refreshing.unlock();
            }
        }
    }

    /** Returns how many changes came since the last round. */
    private long bringUpToNow(Rescaling rescaling) throws IOException {
        StoreView view;
        long upTo;
        gate.writeLock().lock();
        try {
            verifyOpen();
            view = store.view();
            upTo = store.lastSequenceNumber();
        } finally {
            gate.writeLock().unlock();
        }
        long before = rescaling.upTo();
        try (view) {
            rescaling.bringUpTo(view, upTo);
        }
        return upTo - before;
    }
}
