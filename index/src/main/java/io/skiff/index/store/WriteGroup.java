package io.skiff.index.store;

import io.skiff.index.store.IdLayout.Entry;
import io.skiff.index.store.StateLayout.State;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Decides the writes of one group in order and gathers what they change in one batch. */
final class WriteGroup implements AutoCloseable {
    private final StoreDatabase database;
    private final long primaryTerm;
    private final WriteBatch batch = new WriteBatch();
    private final Map<ByteBuffer, Entry> changed = new HashMap<>();
    private long lastSequenceNumber;
    private long liveDocuments;

    /** After {@code before}; everything of the group is written under {@code primaryTerm}. */
    WriteGroup(StoreDatabase database, State before, long primaryTerm) {
        this.database = database;
        this.primaryTerm = primaryTerm;
        this.lastSequenceNumber = before.lastSequenceNumber();
        this.liveDocuments = before.liveDocuments();
    }

    List<WriteResult> add(List<Write> writes) throws RocksDBException {
        List<WriteResult> results = new ArrayList<>(writes.size());
        for (Write write : writes) {
            results.add(add(write));
        }
        return results;
    }

    private WriteResult add(Write write) throws RocksDBException {
        byte[] id = StoredId.encode(write.id());
        Optional<Entry> last = lookUp(id);
        Optional<Entry> live = last.filter(entry -> !entry.deleted());
        if (!holds(write.condition(), live)) {
            return new WriteResult.Conflict(write.id(), write.condition(), live.map(Entry::revision));
        }
        // As in Elasticsearch the version goes on counting where the last change was a deletion.
        long version = 1 + last.map(entry -> entry.revision().version()).orElse(0L);
        Revision revision = new Revision(++lastSequenceNumber, primaryTerm, version);
        if (last.isPresent()) {
            // Each number is put once, which is what makes single deletes right, and they vanish sooner.
            batch.singleDelete(
                    database.documents(),
                    DocumentLayout.key(last.get().revision().sequenceNumber()));
        }
        boolean deletes = write instanceof Write.Delete;
        byte[] record = switch (write) {
            case Write.Put put -> DocumentLayout.encodeStored(id, revision, put.derived(), put.source());
            case Write.Delete delete -> DocumentLayout.encodeDeleted(id, revision);
        };
        batch.put(database.documents(), DocumentLayout.key(revision.sequenceNumber()), record);
        Entry entry = new Entry(revision, deletes);
        batch.put(database.ids(), id, IdLayout.encode(entry));
        changed.put(ByteBuffer.wrap(id), entry);
        liveDocuments += (deletes ? 0 : 1) - (live.isPresent() ? 1 : 0);
        return new WriteResult.Done(write.id(), outcome(deletes, live.isPresent()), revision);
    }

    private Optional<Entry> lookUp(byte[] id) throws RocksDBException {
        Entry inGroup = changed.get(ByteBuffer.wrap(id));
        if (inGroup != null) {
            return Optional.of(inGroup);
        }
        byte[] stored = database.db().get(database.ids(), id);
        return stored == null ? Optional.empty() : Optional.of(IdLayout.decode(stored));
    }

    private static boolean holds(Condition condition, Optional<Entry> live) {
        return switch (condition) {
            case Condition.Always always -> true;
            case Condition.Absent absent -> live.isEmpty();
            case Condition.Unchanged(long sequenceNumber, long primaryTerm) ->
                live.map(Entry::revision)
                        .filter(revision ->
                                revision.sequenceNumber() == sequenceNumber && revision.primaryTerm() == primaryTerm)
                        .isPresent();
        };
    }

    private static WriteResult.Outcome outcome(boolean deletes, boolean wasLive) {
        if (deletes) {
            return wasLive ? WriteResult.Outcome.DELETED : WriteResult.Outcome.NOT_FOUND;
        }
        return wasLive ? WriteResult.Outcome.UPDATED : WriteResult.Outcome.CREATED;
    }

    /** The batch, complete with the state after it. */
    WriteBatch batch() throws RocksDBException {
        batch.put(database.state(), StoreDatabase.STATE_KEY, StateLayout.encode(after()));
        return batch;
    }

    /** Whether nothing was changed, every condition having failed. */
    boolean isEmpty() {
        return changed.isEmpty();
    }

    State after() {
        return new State(lastSequenceNumber, primaryTerm, liveDocuments);
    }

    @Override
    public void close() {
        batch.close();
    }
}
