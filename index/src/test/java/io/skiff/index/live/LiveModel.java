package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.FieldInfo;
import io.skiff.index.IndexReader;
import io.skiff.index.PostingsIterator;
import io.skiff.index.SegmentReader;
import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnReader;
import io.skiff.index.columns.ColumnValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a live index must be: documents by id, in the order in which they were last written. */
final class LiveModel {
    private final LinkedHashMap<String, LiveDocument> documents = new LinkedHashMap<>();

    LiveModel() {}

    LiveModel(LiveModel other) {
        documents.putAll(other.documents);
    }

    void put(LiveDocument document) {
        documents.remove(document.id());
        documents.put(document.id(), document);
    }

    void delete(String id) {
        documents.remove(id);
    }

    void apply(LiveWrite write) {
        if (write instanceof LiveWrite.Put put) {
            put(put.document());
        } else {
            delete(write.id());
        }
    }

    LiveDocument get(String id) {
        return documents.get(id);
    }

    int size() {
        return documents.size();
    }

    /** Compares everything that a snapshot says of its live documents. */
    void assertSame(IndexReader reader, String message) {
        List<String> ids = new ArrayList<>();
        Map<String, Map<String, String>> impacts = new HashMap<>();
        for (SegmentReader segment : reader.segments()) {
            int live = 0;
            Map<Integer, Map<String, String>> byDocument = impacts(segment, reader);
            for (int docId = 0; docId < segment.documentCount(); docId++) {
                if (segment.isLive(docId)) {
                    live++;
                    String id = segment.externalId(docId);
                    ids.add(id);
                    LiveDocument expected = documents.get(id);
                    assertTrue(expected != null, () -> "document " + id + " should not be there " + message);
                    assertArrayEquals(expected.source(), segment.source(docId), () -> "source of " + id + message);
                    assertEquals(docId, segment.docId(id), message);
                    impacts.put(id, byDocument.getOrDefault(docId, Map.of()));
                    assertEquals(expected.columns(), columns(segment, docId), () -> "columns of " + id + " " + message);
                }
            }
            assertEquals(live, segment.liveCount(), message);
        }
        assertEquals(List.copyOf(documents.keySet()), ids, message);
        assertEquals(documents.size(), reader.liveDocumentCount(), message);
        documents.forEach((id, document) -> assertEquals(expected(document, reader), impacts.get(id), message));
    }

    /** Compares the sources of these documents, in a snapshot that has others too. */
    void assertSameDocuments(IndexReader reader, String message) {
        documents.forEach((id, document) -> {
            int found = 0;
            for (SegmentReader segment : reader.segments()) {
                int docId = segment.docId(id);
                if (docId >= 0 && segment.isLive(docId)) {
                    assertArrayEquals(document.source(), segment.source(docId), message);
                    found++;
                }
            }
            assertEquals(1, found, () -> "places of document " + id + " " + message);
        });
    }

    private static Map<String, String> expected(LiveDocument document, IndexReader reader) {
        Map<String, String> impacts = new TreeMap<>();
        document.vectors().forEach((field, vector) -> {
            for (int i = 0; i < vector.size(); i++) {
                FieldInfo info = reader.field(field).orElseThrow();
                impacts.put(
                        field + ":" + vector.token(i),
                        Integer.toString(info.quantizer().impact(vector.weight(i))));
            }
        });
        return impacts;
    }

    private static Map<Integer, Map<String, String>> impacts(SegmentReader segment, IndexReader reader) {
        Map<Integer, Map<String, String>> impacts = new HashMap<>();
        PostingsIterator postings = new PostingsIterator();
        int firstTermId = 0;
        for (String field : reader.fields().keySet()) {
            for (int i = 0; i < segment.termCount(field); i++) {
                int termId = firstTermId + i;
                postings.reset(segment, termId);
                while (postings.next()) {
                    impacts.computeIfAbsent(postings.docId(), key -> new TreeMap<>())
                            .put(field + ":" + segment.token(termId), Integer.toString(postings.impact()));
                }
            }
            firstTermId += segment.termCount(field);
        }
        return impacts;
    }

    private static Map<String, List<ColumnValue>> columns(SegmentReader segment, int docId) {
        Map<String, List<ColumnValue>> columns = new HashMap<>();
        segment.columns().ifPresent(reader -> {
            for (ColumnReader column : reader.columns().values()) {
                List<ColumnValue> values = new ArrayList<>();
                for (int i = 0; i < column.valueCount(docId); i++) {
                    values.add(column.value(column.ordinal(docId, i)));
                }
                if (!values.isEmpty()) {
                    columns.put(column.name(), values);
                }
            }
        });
        return columns;
    }

    /** A document that its id and a number decide; values of columns are in order and distinct, as they are read. */
    static LiveDocument document(String id, int number) {
        java.util.SplittableRandom random = new java.util.SplittableRandom(id.hashCode() * 31L + number);
        Map<String, SparseVector> vectors = new HashMap<>();
        for (String field : List.of("body", "title")) {
            if (random.nextInt(4) > 0) {
                Map<String, Float> weights = new LinkedHashMap<>();
                for (int i = random.nextInt(12); i > 0; i--) {
                    weights.put("t" + random.nextInt(40), (float) random.nextInt(1, 256));
                }
                vectors.put(field, SparseVector.of(weights));
            }
        }
        Map<String, List<ColumnValue>> columns = new HashMap<>();
        if (random.nextInt(3) > 0) {
            columns.put("tag", List.of(new ColumnValue.Keyword("k" + random.nextInt(5))));
            int low = random.nextInt(100);
            columns.put("n", List.of(new ColumnValue.Whole(low), new ColumnValue.Whole(low + 1)));
        }
        String source = "{\"id\":\"" + id + "\",\"number\":" + number + "}";
        return new LiveDocument(id, vectors, columns, source.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
