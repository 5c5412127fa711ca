package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.FieldOptions;
import io.skiff.index.IndexReader;
import io.skiff.index.MappedMemoryExtension;
import io.skiff.index.Quantizer;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Scales of the fields of a live index: given, decided, and decided anew. */
@ExtendWith(MappedMemoryExtension.class)
class LiveScaleTest {
    @TempDir
    private Path folder;

    private Path index() {
        return folder.resolve("index");
    }

    @Test
    void aFieldKeepsItsDefinition() throws IOException {
        FieldOptions options = new FieldOptions(Optional.of(new Quantizer(0.5f)), Map.of("encoder", "bm25"));
        try (IndexWriter writer = IndexWriter.create(index(), LiveIndexes.MANUAL)) {
            writer.defineField("body", options);
            writer.defineField("body", options);
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> writer.defineField("body", FieldOptions.DEFAULT));
            assertTrue(e.getMessage().contains("'body' has other options already"), e.getMessage());
        }
        try (IndexWriter writer = IndexWriter.open(index(), LiveIndexes.MANUAL)) {
            writer.write(List.of(
                    LiveWrite.Put.of(LiveDocument.of("empty", "other", SparseVector.EMPTY)),
                    LiveWrite.Put.of(LiveDocument.of("a", "body", SparseVector.of(Map.of("x", 3f, "y", 200f))))));
            writer.refresh();
            try (IndexReader reader = writer.acquire()) {
                assertEquals(options.quantizer(), reader.field("body").map(field -> field.quantizer()));
                assertEquals(
                        Map.of("encoder", "bm25"),
                        reader.field("body").orElseThrow().attributes());
                assertEquals(Optional.empty(), reader.field("other"), "no weight was seen, so no scale is chosen");
            }
            assertEquals(1, writer.statistics().saturatedWeights());
        }
    }

    /** Impacts must be those of one scale over all documents, whichever of them were first. */
    @Test
    void aScaleThatDoesNotFitIsReplaced() throws IOException {
        LiveModel model = new LiveModel();
        try (IndexWriter writer = IndexWriter.create(index(), LiveIndexes.restless(2))) {
            put(writer, model, "whole", 7);
            assertEquals(Quantizer.IDENTITY, scale(writer, model));
            put(writer, model, "fraction", 0.3f);
            Quantizer fractions = scale(writer, model);
            assertTrue(fractions.weight(255) >= 7 && fractions.weight(255) < 10, fractions::toString);
            put(writer, model, "within", fractions.weight(255));
            assertEquals(fractions, scale(writer, model));
            writer.forceMerge(1);
            writer.write(List.of(LiveWrite.Delete.of("within")));
            model.delete("within");
            put(writer, model, "larger", 1000.5f);
            assertTrue(scale(writer, model).weight(255) > 1000.5f);
            assertEquals(0, writer.statistics().saturatedWeights());
        }
        LiveIndexes.verifySound(index());
    }

    private static void put(IndexWriter writer, LiveModel model, String id, float weight) throws IOException {
        LiveDocument document = LiveDocument.of(id, "body", SparseVector.of(Map.of("token", weight)));
        writer.write(List.of(LiveWrite.Put.of(document)));
        model.put(document);
        writer.refresh();
    }

    private static Quantizer scale(IndexWriter writer, LiveModel model) {
        try (IndexReader reader = writer.acquire()) {
            model.assertSame(reader, "");
            return reader.field("body").orElseThrow().quantizer();
        }
    }

    @Test
    void aLargeIndexGetsAnotherScaleInTheBackground() throws Exception {
        LiveModel model = new LiveModel();
        try (IndexWriter writer = IndexWriter.create(index(), LiveIndexes.MANUAL)) {
            List<LiveWrite> writes = new ArrayList<>();
            for (int i = 0; i < 10_100; i++) {
                writes.add(LiveWrite.Put.of(
                        LiveDocument.of("d" + i, "body", SparseVector.of(Map.of("t" + i % 9, 1f + i % 9)))));
            }
            writer.write(writes);
            writes.forEach(model::apply);
            writer.refresh();
            LiveDocument fraction = LiveDocument.of("d77", "body", SparseVector.of(Map.of("t1", 0.25f)));
            writer.write(List.of(LiveWrite.Put.of(fraction), LiveWrite.Delete.of("d78")));
            writer.refresh();
            LiveDocument later = LiveDocument.of("later", "body", SparseVector.of(Map.of("t1", 2.5f)));
            writer.write(List.of(LiveWrite.Put.of(later), LiveWrite.Delete.of("d79")));
            model.put(fraction);
            model.delete("d78");
            for (int wait = 0; wait < 6_000 && writer.statistics().committedSequenceNumber() < 0; wait++) {
                Thread.sleep(5);
            }
            writer.refresh();
            model.put(later);
            model.delete("d79");
            assertTrue(scale(writer, model).scale() < 0.1f, "a scale for fractions");
            assertEquals(Optional.empty(), writer.statistics().failure());
        }
        LiveIndexes.verifySound(index());
        try (IndexWriter writer = IndexWriter.open(index(), LiveIndexes.MANUAL)) {
            assertTrue(scale(writer, model).scale() < 0.1f);
        }
    }
}
