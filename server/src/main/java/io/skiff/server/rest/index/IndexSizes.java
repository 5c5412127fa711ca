package io.skiff.server.rest.index;

import io.skiff.index.live.LiveStatistics;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.FolderSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How large an index is.
 *
 * @param documents that searches find
 * @param deleted documents that are deleted and not yet merged away
 * @param segments that searches look at
 * @param bytes of all its files
 */
record IndexSizes(long documents, long deleted, int segments, long bytes) {
    static IndexSizes of(Collection collection, Optional<LiveStatistics> live) {
        long documents = collection.reader().liveDocumentCount();
        return new IndexSizes(
                documents,
                collection.reader().documentCount() - documents,
                collection.reader().segments().size(),
                live.map(statistics -> statistics.segmentBytes() + statistics.storeBytes())
                        .orElseGet(() -> size(collection.reader().directory())));
    }

    private static long size(Path directory) {
        try {
            return FolderSize.bytes(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
