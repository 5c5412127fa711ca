package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skiff.index.IndexReader;
import io.skiff.index.store.Condition;
import io.skiff.index.store.WriteResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedDocumentTest {
    @TempDir
    private Path folder;

    @Test
    void aPackedDocumentIsWrittenByItsWriterAlone() throws IOException {
        LiveDocument document = LiveModel.document("a", 1);
        LiveModel model = new LiveModel();
        model.put(document);
        try (IndexWriter writer = IndexWriter.create(folder.resolve("index"), LiveIndexes.MANUAL);
                IndexWriter other = IndexWriter.create(folder.resolve("other"), LiveIndexes.MANUAL)) {
            LiveWrite packed = new LiveWrite.PutPacked(writer.pack(document), Condition.ABSENT);
            assertEquals("a", packed.id());
            assertInstanceOf(
                    WriteResult.Done.class, writer.write(List.of(packed)).getFirst());
            assertInstanceOf(
                    WriteResult.Conflict.class, writer.write(List.of(packed)).getFirst());
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> other.write(List.of(packed)));
            assertEquals("document 'a' was packed for another index", e.getMessage());
            writer.refresh();
            try (IndexReader reader = writer.acquire()) {
                model.assertSame(reader, "");
            }
        }
    }
}
