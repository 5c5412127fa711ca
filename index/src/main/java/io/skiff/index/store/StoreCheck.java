package io.skiff.index.store;

import io.skiff.index.store.IdLayout.Entry;
import io.skiff.index.store.StateLayout.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Reads a whole store, beside its writer if there is one, and verifies every checksum and what must hold. */
public final class StoreCheck {
    private static final int MAX_PROBLEMS = 20;

    private final StoreDatabase database;
    private final List<String> problems = new ArrayList<>();

    private StoreCheck(StoreDatabase database) {
        this.database = database;
    }

    /**
     * What is wrong with the store in a directory, in words that name it; empty if all is sound. After a few
     * problems it looks no further.
     */
    public static List<String> check(Path directory) {
        if (!StoreDatabase.exists(directory)) {
            return List.of(directory + " has no document store");
        }
        try (StoreDatabase database = StoreDatabase.open(directory, true, null)) {
            StoreCheck check = new StoreCheck(database);
            database.db().verifyChecksum();
            check.checkEntries();
            return check.problems.stream()
                    .map(problem -> directory + ": " + problem)
                    .toList();
        } catch (RocksDBException e) {
            return List.of(StoreDatabase.failure("the document store is damaged", directory, e)
                    .getMessage());
        } catch (IOException e) {
            return List.of(e.getMessage());
        }
    }

    /**
     * Reads the last change of every id in order of the sequence numbers, beside the store's writer if there is one.
     *
     * @return the number of the last change, or -1
     * @throws IOException if the store cannot be read, or {@code consumer} throws it
     */
    public static long forEach(Path directory, ChangeConsumer consumer) throws IOException {
        try (StoreDatabase database = StoreDatabase.open(directory, true, null);
                ReadOptions options = new ReadOptions().setFillCache(false);
                RocksIterator records = database.db().newIterator(database.documents(), options)) {
            for (records.seekToFirst(); records.isValid(); records.next()) {
                consumer.accept(DocumentLayout.decode(DocumentLayout.sequenceNumber(records.key()), records.value()));
            }
            records.status();
            return database.readState().lastSequenceNumber();
        } catch (RocksDBException e) {
            throw StoreDatabase.failure("cannot read the document store", directory, e);
        } catch (IllegalArgumentException e) {
            throw new IOException("the document store in " + directory + " is damaged: " + e.getMessage(), e);
        }
    }

    private void checkEntries() throws RocksDBException {
        State state = database.readState();
        long live = 0;
        long ids = 0;
        try (ReadOptions options = new ReadOptions().setFillCache(false);
                RocksIterator entries = database.db().newIterator(database.ids(), options)) {
            for (entries.seekToFirst(); entries.isValid() && problems.size() < MAX_PROBLEMS; entries.next()) {
                ids++;
                live += checkId(state, entries.key(), entries.value(), options) ? 1 : 0;
            }
            entries.status();
        }
        if (problems.isEmpty() && live != state.liveDocuments()) {
            problems.add(live + " documents are there, the state tells of " + state.liveDocuments());
        }
        long records = countRecords();
        if (problems.isEmpty() && records != ids) {
            problems.add("there are " + records + " records by sequence number and " + ids + " ids");
        }
    }

    /** Returns whether the document is there. */
    private boolean checkId(State state, byte[] id, byte[] stored, ReadOptions options) throws RocksDBException {
        if (stored.length != IdLayout.BYTES) {
            problems.add("the entry of id " + Arrays.toString(id) + " has " + stored.length + " bytes, expected "
                    + IdLayout.BYTES);
            return false;
        }
        Entry entry = IdLayout.decode(stored);
        long number = entry.revision().sequenceNumber();
        if (number > state.lastSequenceNumber()) {
            problems.add("sequence number " + number + " was given, and the last one is said to be "
                    + state.lastSequenceNumber());
        }
        byte[] record = database.db().get(database.documents(), options, DocumentLayout.key(number));
        if (record == null) {
            problems.add("the record of sequence number " + number + " is missing");
            return false;
        }
        try {
            Change change = DocumentLayout.decode(number, record);
            boolean same = change.revision().equals(entry.revision())
                    && change instanceof Change.Deleted == entry.deleted()
                    && Arrays.equals(StoredId.encode(change.id()), id);
            if (!same) {
                problems.add("the record of sequence number " + number + " is not the one its id tells of");
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        return !entry.deleted();
    }

    private long countRecords() throws RocksDBException {
        long count = 0;
        try (ReadOptions options = new ReadOptions().setFillCache(false);
                RocksIterator records = database.db().newIterator(database.documents(), options)) {
            for (records.seekToFirst(); records.isValid(); records.next()) {
                count++;
            }
            records.status();
        }
        return count;
    }
}
