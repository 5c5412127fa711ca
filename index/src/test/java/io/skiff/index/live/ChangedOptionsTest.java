package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.index.IndexReader;
import io.skiff.index.store.SyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a live index does is changed while it is open. */
@Timeout(60)
class ChangedOptionsTest {
    private static final SyncPolicy SELDOM = new SyncPolicy.Async(Duration.ofHours(1));

    @TempDir
    Path folder;

    @Test
    void anotherRefreshIntervalHoldsAtOnce() throws Exception {
        try (IndexWriter writer = IndexWriter.create(folder.resolve("index"), LiveIndexes.MANUAL)) {
            writer.write(List.of(LiveWrite.Put.of(LiveModel.document("a", 1))));
            assertEquals(0, found(writer));
            writer.change(SELDOM, Duration.ofMillis(1));
            while (found(writer) == 0) {
                Thread.sleep(1);
            }
            writer.change(SyncPolicy.REQUEST, Duration.ofHours(1));
            writer.write(List.of(LiveWrite.Put.of(LiveModel.document("b", 2))));
            // A wait that was begun under the shorter interval may still end with a refresh.
            writer.refresh();
            writer.write(List.of(LiveWrite.Put.of(LiveModel.document("c", 3))));
            Thread.sleep(50);
            assertEquals(2, found(writer));
            writer.change(SyncPolicy.REQUEST, Duration.ofMillis(1));
            while (found(writer) == 2) {
                Thread.sleep(1);
            }
        }
    }

    private static long found(IndexWriter writer) throws IOException {
        try (IndexReader reader = writer.acquire()) {
            return reader.liveDocumentCount();
        }
    }
}
