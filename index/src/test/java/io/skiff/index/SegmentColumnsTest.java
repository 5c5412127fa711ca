package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.columns.ColumnReader;
import io.skiff.index.columns.ColumnValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Typed values of documents as a file of their segment. */
@ExtendWith(MappedMemoryExtension.class)
class SegmentColumnsTest {
    @TempDir
    Path folder;

    private static Document document(String id, Map<String, List<ColumnValue>> columns) {
        return new Document(id, Map.of("body", SparseVector.of(Map.of("cat", 1))), columns, new byte[0]);
    }

    @Test
    void valuesAreReadAsTheyWereAdded() throws IOException {
        Path index = folder.resolve("index");
        List<Document> documents = TestDocuments.random(Seed.random(), 300, "body").stream()
                .map(TestDocuments::withColumns)
                .toList();
        TestDocuments.build(index, documents);
        try (IndexReader reader = IndexReader.open(index)) {
            SegmentReader segment = reader.segments().getFirst();
            Map<String, ColumnReader> columns = segment.columns().orElseThrow().columns();
            for (int docId = 0; docId < documents.size(); docId++) {
                for (Map.Entry<String, ColumnReader> column : columns.entrySet()) {
                    List<ColumnValue> expected =
                            documents.get(docId).columns().getOrDefault(column.getKey(), List.of());
                    assertEquals(
                            expected.stream()
                                    .distinct()
                                    .sorted(SegmentColumnsTest::compare)
                                    .toList(),
                            values(column.getValue(), docId),
                            Seed.message());
                }
            }
        }
        assertEquals(List.of(), IndexCheck.run(index, bytes -> {}).problems());
    }

    private static int compare(ColumnValue a, ColumnValue b) {
        return a instanceof ColumnValue.Whole(long first) && b instanceof ColumnValue.Whole(long second)
                ? Long.compare(first, second)
                : 0;
    }

    private static List<ColumnValue> values(ColumnReader column, int docId) {
        List<ColumnValue> values = new ArrayList<>();
        for (int i = 0; i < column.valueCount(docId); i++) {
            values.add(column.value(column.ordinal(docId, i)));
        }
        return values;
    }

    @Test
    void aSegmentWithoutValuesHasNoColumns() throws IOException {
        Path index = folder.resolve("index");
        TestDocuments.build(index, List.of(document("a", Map.of()), document("b", Map.of("empty", List.of()))));
        try (IndexReader reader = IndexReader.open(index)) {
            SegmentReader segment = reader.segments().getFirst();
            assertEquals(Optional.empty(), segment.columns());
            assertEquals(1, segment.termCount("body"));
            assertEquals(0, segment.termCount("nowhere"));
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndTheBuildGoesOn() throws IOException {
        Path index = folder.resolve("index");
        try (IndexBuilder builder = IndexBuilder.create(index, Map.of(), false)) {
            builder.add(document("a", Map.of("size", List.of(new ColumnValue.Whole(1)))));
            refused(builder, Map.of("size", List.of(new ColumnValue.Keyword("x"))), "'size' is of type WHOLE");
            refused(
                    builder,
                    Map.of("new", List.of(new ColumnValue.Real(1), new ColumnValue.Whole(1))),
                    "'new' is of type REAL");
            refused(
                    builder,
                    Map.of("long", List.of(new ColumnValue.Keyword("x".repeat(32_767)))),
                    "has 32767 bytes of UTF-8, the limit is 32766");
            refused(builder, Map.of("", List.of(new ColumnValue.Whole(1))), "empty name");
            refused(builder, Map.of("bad", List.of(new ColumnValue.Keyword("\ud800"))), "not well-formed");
            builder.add(document("b", Map.of("size", List.of(new ColumnValue.Whole(2)))));
            builder.commit();
        }
        assertEquals(List.of(), IndexCheck.run(index, bytes -> {}).problems());
        try (IndexReader reader = IndexReader.open(index)) {
            assertEquals(2, reader.documentCount());
        }
    }

    private static void refused(IndexBuilder builder, Map<String, List<ColumnValue>> columns, String expected) {
        InvalidDocumentException e =
                assertThrows(InvalidDocumentException.class, () -> builder.add(document("b", columns)));
        assertTrue(e.getMessage().startsWith("document 'b'") && e.getMessage().contains(expected), e.getMessage());
    }
}
