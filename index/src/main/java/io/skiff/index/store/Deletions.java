package io.skiff.index.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** What the store keeps of documents that were deleted: found, and forgotten. */
final class Deletions {
    private Deletions() {}

    /**
     * Finds deletions up to a sequence number among some ids.
     *
     * @param from the id to begin with
     * @param found takes them
     * @return the id to go on with, or null at the end
     */
    static byte[] find(StoreDatabase database, byte[] from, long upTo, List<Change.Deleted> found)
            throws RocksDBException {
        try (ReadOptions options = new ReadOptions().setFillCache(false);
                RocksIterator ids = database.db().newIterator(database.ids(), options)) {
            int looks = 0;
            for (ids.seek(from); ids.isValid(); ids.next()) {
                if (++looks > GroupCommit.MAX_GROUP_WRITES) {
                    return ids.key();
                }
                IdLayout.Entry entry = IdLayout.decode(ids.value());
                if (entry.deleted() && entry.revision().sequenceNumber() <= upTo) {
                    found.add(new Change.Deleted(new String(ids.key(), StandardCharsets.UTF_8), entry.revision()));
                }
            }
            ids.status();
            return null;
        }
    }

    /** Removes those from the store that are still the last change of their ids. */
    static void remove(StoreDatabase database, List<Change.Deleted> deleted, WriteBatch batch) throws RocksDBException {
        for (Change.Deleted deletion : deleted) {
            byte[] id = StoredId.encode(deletion.id());
            byte[] entry = database.db().get(database.ids(), id);
            if (entry != null && IdLayout.decode(entry).revision().equals(deletion.revision())) {
                batch.delete(database.ids(), id);
                batch.singleDelete(
                        database.documents(),
                        DocumentLayout.key(deletion.revision().sequenceNumber()));
            }
        }
    }
}
