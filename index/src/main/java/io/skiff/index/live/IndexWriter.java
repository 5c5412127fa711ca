package io.skiff.index.live;

import io.skiff.index.FieldInfo;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexFormatException;
import io.skiff.index.IndexReader;
import io.skiff.index.InvalidDocumentException;
import io.skiff.index.LiveSegments;
import io.skiff.index.LowPriority;
import io.skiff.index.SegmentSize;
import io.skiff.index.store.Change;
import io.skiff.index.store.DocumentStore;
import io.skiff.index.store.StoreCheck;
import io.skiff.index.store.SyncPolicy;
import io.skiff.index.store.Write;
import io.skiff.index.store.WriteResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/**
 * Writes a live index, and opens snapshots of it to be searched. One at a time has an index, over all processes. Safe for
 * use by several threads.
 *
 * <p>A write is as durable as the {@link SyncPolicy} says when it returns, and found after the next refresh. Whatever
 * happens to segments, they can be built again from the document store, which has every acknowledged write.
 */
public final class IndexWriter implements AutoCloseable {
    /** So many deletions are remembered at least: of each an id and a version, which goes on where it is stored again. */
    private static final long LEAST_FORGOTTEN = 10_000;

    private final Path directory;
    private volatile LiveOptions options;
    private final LiveSegments segments;
    private final DocumentStore store;
    private final LiveSchema schema = new LiveSchema();
    private final StoredFields storedFields;
    private final Merging merging;
    private final Refresher refresher;
    private volatile long committedNanos = System.nanoTime();
    private final AtomicBoolean closed = new AtomicBoolean();
    private long forgottenDeletions; // of the merging thread
    private BackgroundWork refreshes;
    private BackgroundWork merges;

    private IndexWriter(Path directory, LiveOptions options, LiveSegments segments, DocumentStore store) {
        this.directory = directory;
        this.options = options;
        this.segments = segments;
        this.store = store;
        this.storedFields = new StoredFields(store);
        this.refresher = new Refresher(store, segments, schema, storedFields, options.build());
        this.merging = new Merging(segments, store::sync, options);
    }

    /**
     * Makes a live index without documents, and opens it.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is something of that name
     */
    public static IndexWriter create(Path directory, LiveOptions options) throws IOException {
        LiveSegments.create(
                directory,
                folder -> DocumentStore.open(folder, SyncPolicy.REQUEST).close());
        return open(directory, options);
    }

    /** Whether a directory holds a live index, which {@link #open} opens; others were built in one go. */
    public static boolean isLive(Path directory) {
        return LiveSegments.isLive(directory);
    }

    /** Whether a directory holds the document store of a live index, so that {@link #rebuild} can make it whole. */
    public static boolean hasStore(Path directory) {
        return DocumentStore.exists(directory.resolve(LiveSegments.STORE_NAME));
    }

    /**
     * Opens a live index with everything that was acknowledged, all of it searchable.
     *
     * @throws io.skiff.index.IndexFormatException if it is none, or damaged; the message names the file
     * @throws IOException if it is open already, here or in another process, or cannot be read or written
     */
    public static IndexWriter open(Path directory, LiveOptions options) throws IOException {
        return open(directory, options, LiveSegments.open(directory), changes -> {});
    }

    /**
     * Builds all segments of a live index again from its document store, whatever state they are in. They take the place of
     * those that are there at the end, all at once; until then, and if this fails, the index stays as it is.
     *
     * @param progress told how many documents and deletions were read from the store, one by one
     * @throws io.skiff.index.IndexFormatException if there is no document store, or a damaged one; the message names it
     * @throws IOException if the index is open, here or in another process, or cannot be written
     */
    public static void rebuild(Path directory, LiveOptions options, LongConsumer progress) throws IOException {
        List<String> problems = StoreCheck.check(directory.resolve(LiveSegments.STORE_NAME));
        if (!problems.isEmpty()) {
            throw new IndexFormatException(String.join("; ", problems));
        }
        try (IndexWriter writer = open(directory, options, LiveSegments.openEmpty(directory), progress)) {
            writer.commit();
            writer.merging.mergeAll();
        }
    }

    private static IndexWriter open(Path directory, LiveOptions options, LiveSegments segments, LongConsumer progress)
            throws IOException {
        DocumentStore store = null;
        IndexWriter writer = null;
        boolean opened = false;
        try {
            store = DocumentStore.open(directory.resolve(LiveSegments.STORE_NAME), options.sync());
            writer = new IndexWriter(directory, options, segments, store);
            writer.recover(progress);
            writer.start();
            opened = true;
            return writer;
        } finally {
            if (!opened) {
                if (store != null) {
                    store.close();
                }
                segments.close();
            }
        }
    }

    /** Brings the segments up to the store. */
    private void recover(LongConsumer progress) throws IOException {
        long committed = segments.sequenceNumber();
        if (committed > store.lastSequenceNumber()) {
            throw new IOException("the index in " + directory + " has changes up to number " + committed
                    + ", its document store only up to " + store.lastSequenceNumber()
                    + "; one of them was put in place of another one");
        }
        storedFields.load(schema);
        try (IndexReader reader = segments.acquire()) {
            schema.learn(reader);
        }
        refresher.recover(options.bufferBytes(), progress);
    }

    private void start() {
        String name = directory.getFileName().toString();
        merges = new BackgroundWork("skiff-merge-" + name, 0, LowPriority.BACKGROUND, this::rescaleAndMerge);
        refreshes = new BackgroundWork(
                "skiff-refresh-" + name, refreshNanos(), LowPriority.WRITING, this::refreshAndCommit);
        merges.wake();
    }

    /**
     * Changes when writes reach the disk, and how long at most they are not yet found; as {@link LiveOptions} has them. What
     * was acknowledged before is on the disk when this returns.
     */
    public void change(SyncPolicy sync, Duration refreshInterval) throws IOException {
        options = options.withSync(sync).withRefreshInterval(refreshInterval);
        refreshes.every(refreshNanos());
        store.setSyncPolicy(sync);
    }

    private long refreshNanos() {
        return (refreshesByItself() ? options.refreshInterval() : options.commitInterval()).toNanos();
    }

    private boolean refreshesByItself() {
        return options.refreshInterval().isPositive();
    }

    private void refreshAndCommit() throws IOException {
        if (refreshesByItself() || refresher.buffer().bytes() >= options.bufferBytes()) {
            refresh();
        }
        if (System.nanoTime() - committedNanos > options.commitInterval().toNanos()) {
            commit();
        }
    }

    /**
     * Carries out writes in order, as one: after a crash all of them are there or none. Returns when they are as durable
     * as the policy says, with one result each; a write whose condition does not hold does not keep the others from
     * happening.
     *
     * @throws InvalidDocumentException if one of the documents is none that an index takes (see {@link #pack}); nothing
     *     was written then
     * @throws IOException if they cannot be made durable; they may or may not be found when the index is opened again
     */
    public List<WriteResult> write(List<LiveWrite> writes) throws IOException {
        List<Write> stored = new ArrayList<>(writes.size());
        for (LiveWrite write : writes) {
            stored.add(stored(write));
        }
        while (refresher.buffer().bytes() >= 2 * options.bufferBytes()) {
            refresh();
        }
        List<WriteResult> results = refresher.write(writes, stored);
        if (refresher.buffer().bytes() >= options.bufferBytes()) {
            refreshes.wake();
        }
        return results;
    }

    private Write stored(LiveWrite write) {
        return switch (write) {
            case LiveWrite.Put put -> pack(put.document()).put(schema, put.condition());
            case LiveWrite.PutPacked put -> put.document().put(schema, put.condition());
            case LiveWrite.Delete delete -> new Write.Delete(delete.id(), delete.condition());
        };
    }

    /**
     * Makes a document small while it waits to be written. Refuses one that this index does not take: a bad id, name or
     * token, what passes a {@linkplain io.skiff.index.Limits limit}, a value of another type than its column.
     *
     * @throws InvalidDocumentException that names the document and what is wrong with it
     */
    public PackedDocument pack(LiveDocument document) {
        return new PackedDocument(document, schema);
    }

    /** The document of an id as it was last written, found by searches already or not. */
    public Optional<Change.Stored> get(String id) throws IOException {
        return store.get(id);
    }

    /** What was put under a key. */
    public Optional<byte[]> metadata(String key) throws IOException {
        return store.metadata("user:" + key);
    }

    /** Keeps a value under a key beside the documents, durably and whole. */
    public void putMetadata(String key, byte[] value) throws IOException {
        store.putMetadata("user:" + key, value);
    }

    /**
     * Fixes the options of a field, durably. To be called before the first document that has the field; again with the
     * same options it does nothing.
     *
     * @throws IllegalArgumentException if the field has other options already
     */
    public void defineField(String name, FieldOptions fieldOptions) throws IOException {
        refresher.alone(() -> {
            FieldInfo known = segments.fields().get(name);
            Optional<FieldOptions> before = schema.defined(name);
            if (before.isPresent() && before.get().equals(fieldOptions)) {
                return;
            }
            if (before.isPresent() || (known != null && !fits(known, fieldOptions))) {
                throw new IllegalArgumentException("field '" + name + "' has other options already: "
                        + before.map(FieldOptions::toString).orElseGet(() -> String.valueOf(known)));
            }
            storedFields.save(name, fieldOptions);
            schema.define(name, fieldOptions);
        });
    }

    private static boolean fits(FieldInfo known, FieldOptions fieldOptions) {
        return known.attributes().equals(fieldOptions.attributes())
                && (fieldOptions.quantizer().isEmpty()
                        || fieldOptions.quantizer().get().equals(known.quantizer()));
    }

    /**
     * Makes everything searchable that was written before the call.
     *
     * @throws IOException if the segment cannot be written; the writes stay where they are, and the next refresh has them
     */
    public void refresh() throws IOException {
        refresher.refresh(true);
        merges.wake();
        merging.catchUp();
    }

    private void rescaleAndMerge() throws IOException {
        if (refresher.wantsScales()) {
            merging.alone(() -> refresher.rescale(merging.pace()));
            commit();
        }
        merging.mergeAll();
        forgetDeletions();
    }

    /** Deletions that segments know of need not be remembered; now and then, since it takes a look at every id. */
    private void forgetDeletions() throws IOException {
        long deletions = refresher.deletionCount();
        if (deletions - forgottenDeletions > Math.max(LEAST_FORGOTTEN, store.documentCount() / 4)) {
            commit(); // or else there may be none yet that could be forgotten
            store.forgetDeletions(segments.committedSequenceNumber());
            forgottenDeletions = deletions;
        }
    }

    /** Makes everything searchable and durable in segments that was written before the call. */
    public void flush() throws IOException {
        refresh();
        commit();
    }

    private void commit() throws IOException {
        segments.commit(store::sync);
        committedNanos = System.nanoTime();
    }

    /**
     * Merges the segments that there are into at most so many, and leaves their deleted documents behind. What is written
     * and deleted meanwhile may make more.
     *
     * @param maxSegments 1 or more
     */
    public void forceMerge(int maxSegments) throws IOException {
        if (maxSegments < 1) {
            throw new IllegalArgumentException("segments can be merged to 1 or more, got " + maxSegments);
        }
        refresh();
        merging.force(maxSegments);
    }

    /** The newest snapshot. Each who acquires it closes it once; writers and searches do not wait for each other. */
    public IndexReader acquire() {
        return segments.acquire();
    }

    /**
     * Why nothing can be written until the index is opened again, or else what the last background refresh, merge or commit
     * failed with, unless a later one went well.
     */
    public Optional<IOException> failure() {
        return store.failure()
                .or(() -> Optional.ofNullable(refreshes.failure()))
                .or(() -> Optional.ofNullable(merges.failure()));
    }

    /** What the index is and does. */
    public LiveStatistics statistics() throws IOException {
        try (IndexReader reader = acquire()) {
            WriteBuffer waiting = refresher.buffer();
            List<SegmentSize> sizes = segments.sizes();
            return new LiveStatistics(
                    store.documentCount(),
                    reader.liveDocumentCount(),
                    reader.documentCount() - reader.liveDocumentCount(),
                    reader.segments().size(),
                    waiting.size(),
                    waiting.bytes(),
                    store.lastSequenceNumber(),
                    segments.committedSequenceNumber(),
                    refresher.refreshCount(),
                    merging.runningCount(),
                    merging.doneCount(),
                    reader.fields().values().stream()
                            .mapToLong(FieldInfo::saturatedCount)
                            .sum(),
                    sizes.stream().mapToLong(SegmentSize::bytes).sum(),
                    store.sizeBytes(),
                    failure());
        }
    }

    /**
     * Copies the index as of now, with every write that was acknowledged before the call, to a directory that does not
     * exist; {@link #open} opens it. Files that do not change are linked where the file system allows.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is something of that name
     */
    public void snapshotTo(Path target) throws IOException {
        flush();
        segments.copyTo(target, store::checkpoint);
    }

    /**
     * Makes everything durable in segments and lets go of the index; a merge that runs is given up. Snapshots that were
     * acquired can be used until they are closed.
     */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        merging.close();
        merges.stop();
        refreshes.stop();
        try (segments;
                store) {
            refresher.refresh(false);
            commit();
        } finally {
            refresher.close();
        }
    }
}
