package io.skiff.index.live;

import io.skiff.index.store.Change;
import io.skiff.index.store.Write;
import io.skiff.index.store.WriteResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes that are stored and not yet in a segment: the last one of each id. Safe for use by several threads. */
final class WriteBuffer implements AutoCloseable {
    /** About what an entry takes on a heap of small pointers. */
    private static final int ENTRY_BYTES = 200;

    /** The place of a document that was deleted. */
    private static final long NOWHERE = -1;

    /** Takes documents one by one. */
    @FunctionalInterface
    interface DocumentConsumer {
        void accept(LiveDocument document) throws IOException;
    }

    /**
     * The last change of an id.
     *
     * @param sequenceNumber of that change
     * @param place of the document among those that are held, or {@link #NOWHERE}
     * @param firstSequenceNumber of the first change of that id in this buffer
     * @param wasThere whether there was such a document before the first change, so that a segment may have it
     */
    private record Entry(String id, long sequenceNumber, long place, long firstSequenceNumber, boolean wasThere) {
        boolean isDocument() {
            return place != NOWHERE;
        }

        /** What becomes of an id that has both in either order. */
        Entry with(Entry other) {
            Entry first = firstSequenceNumber < other.firstSequenceNumber ? this : other;
            Entry last = sequenceNumber > other.sequenceNumber ? this : other;
            return new Entry(id, last.sequenceNumber, last.place, first.firstSequenceNumber, first.wasThere);
        }

        Entry at(long otherPlace) {
            return new Entry(id, sequenceNumber, otherPlace, firstSequenceNumber, wasThere);
        }
    }

    private final Map<String, Entry> entries = new HashMap<>();
    private final HeldDocuments documents = new HeldDocuments();

    /** Takes the writes that were carried out. */
    synchronized void add(List<Write> writes, List<WriteResult> results) {
        for (int i = 0; i < writes.size(); i++) {
            if (results.get(i) instanceof WriteResult.Done done) {
                long place =
                        writes.get(i) instanceof Write.Put put ? documents.add(put.derived(), put.source()) : NOWHERE;
                boolean wasThere =
                        done.outcome() == WriteResult.Outcome.UPDATED || done.outcome() == WriteResult.Outcome.DELETED;
                long number = done.revision().sequenceNumber();
                add(new Entry(done.id(), number, place, number, wasThere));
            }
        }
    }

    /** Takes a change of the store whose like the segments may have. */
    synchronized void add(Change change) {
        long place =
                change instanceof Change.Stored stored ? documents.add(stored.derived(), stored.source()) : NOWHERE;
        long number = change.revision().sequenceNumber();
        add(new Entry(change.id(), number, place, number, true));
    }

    /** Takes back what another buffer has, which was not brought into a segment. */
    synchronized void addAll(WriteBuffer other) {
        synchronized (other) {
            for (Entry entry : other.entries.values()) {
                add(entry.isDocument() ? entry.at(documents.add(other.documents, entry.place())) : entry);
            }
        }
    }

    private void add(Entry entry) {
        entries.merge(entry.id(), entry, Entry::with);
    }

    /** Changes. */
    synchronized int size() {
        return entries.size();
    }

    /** About what they take. */
    synchronized long bytes() {
        return documents.bytes() + (long) entries.size() * ENTRY_BYTES;
    }

    /** Whether there are documents, and not only deletions. */
    synchronized boolean hasDocuments() {
        return entries.values().stream().anyMatch(Entry::isDocument);
    }

    /**
     * Hands out the documents in the order in which they were written.
     *
     * @throws IllegalArgumentException if the bytes of one are none of a document
     */
    synchronized void forEachDocument(DocumentConsumer consumer) throws IOException {
        List<Entry> inOrder = entries.values().stream()
                .filter(Entry::isDocument)
                .sorted(Comparator.comparingLong(Entry::sequenceNumber))
                .toList();
        for (Entry entry : inOrder) {
            consumer.accept(documents.get(entry.place(), entry.id()));
        }
    }

    /**
     * What the weights of each field are in the documents; fields without any are not there.
     *
     * @throws IllegalArgumentException if the bytes of one are none of a document
     */
    synchronized Map<String, FieldWeights> weights() {
        Map<String, FieldWeights> weights = new HashMap<>();
        for (Entry entry : entries.values()) {
            if (entry.isDocument()) {
                documents.addWeights(entry.place(), entry.id(), weights);
            }
        }
        return weights;
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

    /** Lets go of the documents, which are not to be asked for any more. */
    @Override
    public synchronized void close() {
        documents.close();
    }
}
