package io.skiff.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** A segment of an index that is being changed, committed or to be, and what is deleted of it. */
final class EditedSegment {
    /** What is deleted, to be written as the next generation. */
    record Pending(EditedSegment segment, LiveDocs liveDocs, long generation, long changeCount) {
        /** The segment as it will be. */
        SegmentInfo write(Path directory) throws IOException {
            return segment.info.withLiveDocs(liveDocs.write(directory, segment.info.id(), generation));
        }
    }

    private final OpenSegment mapped;
    private SegmentInfo info;
    // Null until something is deleted.
    private LiveDocs liveDocs;
    private SegmentReader reader;
    private long changeCount;
    private long writtenChangeCount;
    private long readChangeCount;

    /** With the deletions that are recorded of it. */
    EditedSegment(SegmentInfo info, OpenSegment mapped) {
        this.info = info;
        this.mapped = mapped;
        this.reader = mapped.reader();
    }

    /** What the manifest has, or will have, but for deletions since the last commit. */
    SegmentInfo info() {
        return info;
    }

    /** What is mapped, whoever uses it. */
    OpenSegment mapped() {
        return mapped;
    }

    int documentCount() {
        return info.documentCount();
    }

    int liveCount() {
        return liveDocs == null ? info.liveCount() : liveDocs.liveCount();
    }

    boolean isLive(int docId) {
        return liveDocs == null ? mapped.reader().isLive(docId) : liveDocs.isLive(docId);
    }

    /** What is deleted as of now, a copy. */
    LiveDocs liveDocs() {
        return liveDocs == null ? LiveDocs.of(mapped.reader()) : liveDocs.copy();
    }

    /** Deletes a document; false if it was deleted before. */
    boolean delete(int docId) {
        Objects.checkIndex(docId, info.documentCount());
        if (!isLive(docId)) {
            return false;
        }
        if (liveDocs == null) {
            liveDocs = LiveDocs.of(mapped.reader());
        }
        changeCount++;
        return liveDocs.delete(docId);
    }

    /** Deletes the document of an id; false if there is none that is not deleted. */
    boolean delete(String externalId) {
        int docId = mapped.reader().docId(externalId);
        return docId >= 0 && delete(docId);
    }

    /** The segment as of now; the same reader as before if nothing was deleted since. */
    SegmentReader reader() {
        if (readChangeCount != changeCount) {
            reader = mapped.reader().with(liveDocs);
            readChangeCount = changeCount;
        }
        return reader;
    }

    /** What is to be written for the next commit, or null. */
    Pending pending() {
        return writtenChangeCount == changeCount
                ? null
                : new Pending(this, liveDocs.copy(), info.liveDocs().generation() + 1, changeCount);
    }

    /** Takes note that deletions were committed. */
    void committed(Pending pending, SegmentInfo newInfo) {
        info = newInfo;
        writtenChangeCount = pending.changeCount();
    }
}
