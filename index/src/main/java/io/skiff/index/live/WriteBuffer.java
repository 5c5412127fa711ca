package io.skiff.index.live;

import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnValue;
import io.skiff.index.store.Change;
import io.skiff.index.store.WriteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes that are stored and not yet in a segment: the last one of each id. Safe for use by several threads. */
final class WriteBuffer {
    // About what objects take on a heap of small pointers.
    private static final int ENTRY_BYTES = 200;
    private static final int TOKEN_BYTES = 64;

    /**
     * The last change of an id.
     *
     * @param sequenceNumber of that change
     * @param document the document, or null if it was deleted
     * @param firstSequenceNumber of the first change of that id in this buffer
     * @param wasThere whether there was such a document before the first change, so that a segment may have it
     */
    private record Entry(
            String id, long sequenceNumber, LiveDocument document, long firstSequenceNumber, boolean wasThere) {
        /** What becomes of an id that has both in either order. */
        Entry with(Entry other) {
            Entry first = firstSequenceNumber < other.firstSequenceNumber ? this : other;
            Entry last = sequenceNumber > other.sequenceNumber ? this : other;
            return new Entry(id, last.sequenceNumber, last.document, first.firstSequenceNumber, first.wasThere);
        }

        long bytes() {
            return ENTRY_BYTES + (document == null ? 0 : bytesOf(document));
        }
    }

    private final Map<String, Entry> entries = new HashMap<>();
    private long bytes;

    /** Takes the writes that were carried out. */
    synchronized void add(List<LiveWrite> writes, List<WriteResult> results) {
        for (int i = 0; i < writes.size(); i++) {
            if (results.get(i) instanceof WriteResult.Done done) {
                LiveDocument document = writes.get(i) instanceof LiveWrite.Put put ? put.document() : null;
                boolean wasThere =
                        done.outcome() == WriteResult.Outcome.UPDATED || done.outcome() == WriteResult.Outcome.DELETED;
                long number = done.revision().sequenceNumber();
                add(new Entry(done.id(), number, document, number, wasThere));
            }
        }
    }

    /** Takes a change of the store whose like the segments may have. */
    synchronized void add(Change change) {
        LiveDocument document = change instanceof Change.Stored stored
                ? DerivedData.decode(stored.id(), stored.derived(), stored.source())
                : null;
        long number = change.revision().sequenceNumber();
        add(new Entry(change.id(), number, document, number, true));
    }

    /** Takes back what another buffer has, which was not brought into a segment. */
    synchronized void addAll(WriteBuffer other) {
        List<Entry> others;
        synchronized (other) {
            others = List.copyOf(other.entries.values());
        }
        others.forEach(this::add);
    }

    private void add(Entry entry) {
        Entry before = entries.get(entry.id());
        Entry now = before == null ? entry : before.with(entry);
        entries.put(entry.id(), now);
        bytes += now.bytes() - (before == null ? 0 : before.bytes());
    }

    /** Changes. */
    synchronized int size() {
        return entries.size();
    }

    /** About what they take. */
    synchronized long bytes() {
        return bytes;
    }

    /** The documents in the order in which they were written. */
    synchronized List<LiveDocument> documents() {
        return entries.values().stream()
                .filter(entry -> entry.document() != null)
                .sorted(Comparator.comparingLong(Entry::sequenceNumber))
                .map(Entry::document)
                .toList();
    }

    /** The ids of which segments may have a document that is no longer the one. */
    synchronized Collection<String> replacedIds() {
        List<String> ids = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.wasThere()) {
                ids.add(entry.id());
            }
        }
        return ids;
    }

    private static long bytesOf(LiveDocument document) {
        long bytes = document.source().length + 2L * document.id().length();
        for (SparseVector vector : document.vectors().values()) {
            bytes += (long) vector.size() * TOKEN_BYTES;
        }
        for (List<ColumnValue> values : document.columns().values()) {
            for (ColumnValue value : values) {
                bytes += TOKEN_BYTES
                        + (value instanceof ColumnValue.Keyword(String keyword) ? 2L * keyword.length() : 0);
            }
        }
        return bytes;
    }
}
