package io.skiff.index.store;

import io.skiff.index.WriterLock;
import io.skiff.index.store.StateLayout.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.rocksdb.Checkpoint;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.Statistics;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Documents by external id in a directory, written durably. Safe for use by several threads.
 *
 * <p>If a write cannot be carried out, because the disk is full for instance, that and every later write fails until the
 * store is opened again: whether the bytes of the failed one are on the disk, nobody knows. Reading goes on.
 */
public final class DocumentStore implements AutoCloseable {
    private static final long CONSUMED_AT_ONCE = 1_000;

    private static final String LOCK_NAME = "writer.lock";
    private static final String METADATA_PREFIX = "metadata:";

    private final Path directory;
    private volatile SyncPolicy policy;
    private final WriterLock lock;
    private final StoreDatabase database;
    private final long primaryTerm;
    private final GroupCommit commits;
    // Natives may not be touched once they are closed, so who reads holds this for as long.
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;
    private volatile State state;
    private volatile IOException failure;
    private final AtomicLong groupCount = new AtomicLong();
    private boolean unsynced; // of the committing thread

    private DocumentStore(Path directory, SyncPolicy policy, WriterLock lock, StoreDatabase database, State state) {
        this.directory = directory;
        this.policy = policy;
        this.lock = lock;
        this.database = database;
        this.state = state;
        this.primaryTerm = state.primaryTerm() + 1;
        this.commits =
                new GroupCommit(directory.getFileName().toString(), GroupCommit.idleAfter(policy), new Committer());
    }

    /** Whether a directory has a store in it, perhaps a damaged one. */
    public static boolean exists(Path directory) {
        return StoreDatabase.exists(directory);
    }

    /**
     * Opens the store in a directory, made if it is not there, with everything that was acknowledged before.
     *
     * @throws IOException if it is open already, here or in another process, or damaged; the message names it
     */
    public static DocumentStore open(Path directory, SyncPolicy policy) throws IOException {
        return open(directory, policy, null);
    }

    /** The same with RocksDB's counters. */
    static DocumentStore open(Path directory, SyncPolicy policy, Statistics statistics) throws IOException {
        Path absolute = Files.createDirectories(directory.toAbsolutePath().normalize());
        WriterLock lock = WriterLock.acquire(absolute, LOCK_NAME);
        StoreDatabase database = null;
        try {
            database = StoreDatabase.open(absolute, false, statistics);
            return new DocumentStore(absolute, policy, lock, database, database.readState());
        } catch (RocksDBException e) {
            database.close();
            lock.close();
            throw StoreDatabase.failure("cannot read the document store", absolute, e);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Carries out writes in order, as one: after a crash all of them are there or none. Returns when they are as durable
     * as the policy says, with one result each; a write whose condition does not hold does not keep the others from
     * happening.
     *
     * @throws IOException if they cannot be made durable; they may or may not be found when the store is opened again
     */
    public List<WriteResult> write(List<Write> writes) throws IOException {
        return writes.isEmpty() ? List.of() : commits.commit(writes);
    }

    /** Carries out one write. */
    public WriteResult write(Write write) throws IOException {
        return write(List.of(write)).getFirst();
    }

    /**
     * The document of an id.
     *
     * @throws IOException if it cannot be read
     */
    public Optional<Change.Stored> get(String id) throws IOException {
        byte[] key = StoredId.encode(id);
        return reading(() -> {
            try (Snapshot snapshot = database.db().getSnapshot();
                    ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
                byte[] entry = database.db().get(database.ids(), options, key);
                if (entry == null || IdLayout.decode(entry).deleted()) {
                    return Optional.empty();
                }
                return stored(IdLayout.decode(entry).revision().sequenceNumber(), options);
            }
        });
    }

    /**
     * The document that was last changed under a sequence number, if that is still the last change to it.
     *
     * @throws IOException if it cannot be read
     */
    public Optional<Change.Stored> get(long sequenceNumber) throws IOException {
        return reading(() -> {
            try (ReadOptions options = new ReadOptions()) {
                return stored(sequenceNumber, options);
            }
        });
    }

    private Optional<Change.Stored> stored(long sequenceNumber, ReadOptions options) throws RocksDBException {
        byte[] record = database.db().get(database.documents(), options, DocumentLayout.key(sequenceNumber));
        return record != null && DocumentLayout.decode(sequenceNumber, record) instanceof Change.Stored stored
                ? Optional.of(stored)
                : Optional.empty();
    }

    /**
     * Gives the last change of every id that was changed after a sequence number, in order of the numbers, as of the
     * time of the call. What happens to an id later is given by a later call.
     *
     * @param after the last number not to give; -1 for everything
     * @throws IOException if it cannot be read, or {@code consumer} throws it
     */
    public void replay(long after, ChangeConsumer consumer) throws IOException {
        try (StoreView view = view()) {
            view.replay(after, consumer);
        }
    }

    /** The documents as they are now. */
    public StoreView view() throws IOException {
        return new StoreView(this, reading(database.db()::getSnapshot));
    }

    /** A run of changes from a number on; empty if there are none. */
    List<Change> changes(Snapshot snapshot, long from) throws IOException {
        return reading(() -> {
            List<Change> changes = new ArrayList<>();
            try (ReadOptions options = new ReadOptions().setSnapshot(snapshot).setFillCache(false);
                    RocksIterator records = database.db().newIterator(database.documents(), options)) {
                long bytes = 0;
                for (records.seek(DocumentLayout.key(from));
                        records.isValid() && changes.size() < CONSUMED_AT_ONCE && bytes < GroupCommit.MAX_GROUP_BYTES;
                        records.next()) {
                    byte[] record = records.value();
                    bytes += record.length;
                    changes.add(DocumentLayout.decode(DocumentLayout.sequenceNumber(records.key()), record));
                }
                records.status();
                return changes;
            }
        });
    }

    /** Lets go of a snapshot. */
    void release(Snapshot snapshot) {
        open.readLock().lock();
        try {
            if (!closed) {
                database.db().releaseSnapshot(snapshot);
            }
        } finally {
            open.readLock().unlock();
        }
    }

    /**
     * Forgets that documents were deleted, up to a sequence number: of deletions that every segment knows of. A document
     * of such an id that is stored again starts at version 1. Looks at every id.
     *
     * @return how many were forgotten
     */
    public long forgetDeletions(long upTo) throws IOException {
        long forgotten = 0;
        byte[] from = {};
        while (from != null) {
            byte[] start = from;
            List<Change.Deleted> deleted = new ArrayList<>();
            from = reading(() -> Deletions.find(database, start, upTo, deleted));
            if (!deleted.isEmpty()) {
                commits.run(() -> forget(deleted));
            }
            forgotten += deleted.size();
        }
        return forgotten;
    }

    /** On the committing thread, so that no id changes between the look and the removal. */
    private void forget(List<Change.Deleted> deleted) throws IOException {
        try (WriteBatch batch = new WriteBatch()) {
            Deletions.remove(database, deleted, batch);
            commit(batch);
        } catch (RocksDBException e) {
            throw fail(e);
        }
    }

    /** Bytes of the store's files. */
    public long sizeBytes() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** Returns when everything acknowledged before is durable, whatever the policy. */
    public void sync() throws IOException {
        commits.run(() -> new Committer().idle(false));
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /** Changes when writes reach the disk. What was acknowledged before is there when this returns. */
    public void setSyncPolicy(SyncPolicy changed) throws IOException {
        policy = changed;
        commits.setIdleAfter(GroupCommit.idleAfter(changed));
        sync();
    }

    /** What was {@linkplain #putMetadata put} under a key. */
    public Optional<byte[]> metadata(String key) throws IOException {
        return reading(() -> Optional.ofNullable(database.db().get(database.state(), metadataKey(key))));
    }

    /** Keeps a value under a key beside the documents, durably and whole. */
    public void putMetadata(String key, byte[] value) throws IOException {
        commits.run(() -> {
            try (WriteBatch batch = new WriteBatch();
                    WriteOptions options = new WriteOptions().setSync(true)) {
                batch.put(database.state(), metadataKey(key), value);
                database.db().write(options, batch);
            } catch (RocksDBException e) {
                throw fail(e);
            }
        });
    }

    private static byte[] metadataKey(String key) {
        return (METADATA_PREFIX + key).getBytes(StandardCharsets.UTF_8);
    }

    /** The sequence number of the last acknowledged change, or -1. */
    public long lastSequenceNumber() {
        return state.lastSequenceNumber();
    }

    /** Documents that are there. */
    public long documentCount() {
        return state.liveDocuments();
    }

    /** Under which term this store writes. */
    public long primaryTerm() {
        return primaryTerm;
    }

    /** Groups committed since the store was opened; with {@link SyncPolicy#REQUEST} each was one fsync. */
    public long groupCount() {
        return groupCount.get();
    }

    /** Why nothing can be written any more, if so. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Makes a copy of the store as of now in a directory that does not exist yet, by hard links where the file system
     * allows; what was written before the call is in it.
     */
    public void checkpoint(Path target) throws IOException {
        reading(() -> {
            try (Checkpoint checkpoint = Checkpoint.create(database.db())) {
                checkpoint.createCheckpoint(target.toString());
                return null;
            }
        });
    }

    /** Commits and syncs what was asked for, and closes. */
    @Override
    public void close() throws IOException {
        try {
            commits.close();
        } finally {
            open.writeLock().lock();
            try {
                if (!closed) {
                    closed = true;
                    database.close();
                    lock.close();
                }
            } finally {
                open.writeLock().unlock();
            }
        }
    }

    private interface Reading<T> {
        T read() throws RocksDBException;
    }

    private <T> T reading(Reading<T> reading) throws IOException {
        open.readLock().lock();
        try {
            if (closed) {
                throw new IOException("the document store in " + directory + " is closed");
            }
            return reading.read();
        } catch (RocksDBException e) {
            throw StoreDatabase.failure("cannot read the document store", directory, e);
        } catch (IllegalArgumentException e) {
            throw new IOException("the document store in " + directory + " is damaged: " + e.getMessage(), e);
        } finally {
            open.readLock().unlock();
        }
    }

    private void commit(WriteBatch batch) throws RocksDBException {
        try (WriteOptions options = new WriteOptions().setSync(policy instanceof SyncPolicy.Request)) {
            unsynced |= !options.sync();
            database.db().write(options, batch);
        }
    }

    private IOException fail(RocksDBException cause) {
        failure = StoreDatabase.failure("cannot write the document store", directory, cause);
        return failure;
    }

    /** What the committing thread does. */
    private final class Committer implements GroupCommit.Committer {
        @Override
        public List<List<WriteResult>> commitGroup(List<List<Write>> requests) throws IOException {
            if (failure != null) {
                throw new IOException(
                        "nothing can be written until the index is opened again, since: " + failure.getMessage(),
                        failure);
            }
            try (WriteGroup group = new WriteGroup(database, state, primaryTerm)) {
                List<List<WriteResult>> results = new ArrayList<>(requests.size());
                for (List<Write> request : requests) {
                    results.add(group.add(request));
                }
                if (!group.isEmpty()) {
                    commit(group.batch());
                    state = group.after();
                }
                groupCount.incrementAndGet();
                return results;
            } catch (RocksDBException e) {
                throw fail(e);
            }
        }

        @Override
        public void idle(boolean last) throws IOException {
            if (!unsynced || failure != null) {
                return;
            }
            try {
                database.db().syncWal();
                unsynced = false;
            } catch (RocksDBException e) {
                throw fail(e);
            }
        }
    }
}
