package io.skiff.index.store;

import java.io.IOException;
import java.util.List;
import org.rocksdb.Snapshot;

/** The documents of a store as they were at a moment. Closed before or after the store. */
public final class StoreView implements AutoCloseable {
    private final DocumentStore store;
    private final Snapshot snapshot;
    private boolean closed;

    StoreView(DocumentStore store, Snapshot snapshot) {
        this.store = store;
        this.snapshot = snapshot;
    }

    /**
     * Gives the last change of every id that was changed after a sequence number, in order of the numbers.
     *
     * @param after the last number not to give; -1 for everything
     * @throws IOException if it cannot be read, or {@code consumer} throws it
     */
    public void replay(long after, ChangeConsumer consumer) throws IOException {
        // In runs, so that a close of the store need not wait for a whole replay.
        long from = after + 1;
        while (from >= 0) {
            List<Change> run = store.changes(snapshot, from);
            for (Change change : run) {
                consumer.accept(change);
            }
            from = run.isEmpty() ? -1 : run.getLast().revision().sequenceNumber() + 1;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            store.release(snapshot);
        }
    }
}
