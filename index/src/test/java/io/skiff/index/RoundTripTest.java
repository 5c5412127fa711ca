package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MappedMemoryExtension.class)
class RoundTripTest {
    private static final String[] FIELDS = {"title", "body", "ﬁeld 😀"};

    @TempDir
    Path folder;

    @Test
    void everyPostingIsReadAsItWasAdded() throws IOException {
        List<Document> documents = TestDocuments.random(Seed.random(), 700, FIELDS);
        IndexSummary summary = TestDocuments.build(folder.resolve("index"), documents);
        try (IndexReader reader = IndexReader.open(folder.resolve("index"))) {
            assertEquals(documents.size(), reader.documentCount());
            SegmentReader segment = reader.segments().getFirst();
            long postingCount = 0;
            for (String field : FIELDS) {
                Map<String, List<Posting>> expected = expectedPostings(
                        documents, field, reader.field(field).orElseThrow().quantizer());
                for (Map.Entry<String, List<Posting>> term : expected.entrySet()) {
                    int termId = segment.termId(field, term.getKey());
                    assertEquals(term.getValue(), readPostings(segment, termId), Seed.message());
                    assertEquals(term.getKey(), segment.token(termId), Seed.message());
                    assertEquals(
                            term.getValue().size(),
                            reader.statistics(field).documentFrequency(term.getKey()),
                            Seed.message());
                    assertEquals(term.getValue().getFirst().impact(), segment.largestImpact(termId), Seed.message());
                    postingCount += term.getValue().size();
                }
            }
            assertEquals(postingCount, summary.postingCount());
            for (int docId = 0; docId < documents.size(); docId++) {
                assertEquals(documents.get(docId).id(), segment.externalId(docId));
                assertArrayEquals(documents.get(docId).source(), segment.source(docId));
            }
        }
        IndexCheck.Report report = IndexCheck.run(folder.resolve("index"), bytes -> {});
        assertEquals(List.of(), report.problems());
        assertEquals(summary.totalBytes(), report.bytesRead());
        assertEquals(6, report.filesRead());
    }

    private record Posting(int impact, int docId) {}

    private static final Comparator<Posting> IN_ORDER =
            Comparator.comparingInt(Posting::impact).reversed().thenComparingInt(Posting::docId);

    /** By impact descending, then docId ascending. */
    private static Map<String, List<Posting>> expectedPostings(
            List<Document> documents, String field, Quantizer quantizer) {
        Map<String, List<Posting>> postings = new TreeMap<>();
        for (int docId = 0; docId < documents.size(); docId++) {
            SparseVector vector = documents.get(docId).vectors().getOrDefault(field, SparseVector.EMPTY);
            for (int i = 0; i < vector.size(); i++) {
                postings.computeIfAbsent(vector.token(i), token -> new ArrayList<>())
                        .add(new Posting(quantizer.impact(vector.weight(i)), docId));
            }
        }
        postings.values().forEach(list -> list.sort(IN_ORDER));
        return postings;
    }

    private static List<Posting> readPostings(SegmentReader segment, int termId) {
        List<Posting> postings = new ArrayList<>();
        PostingsIterator iterator = new PostingsIterator();
        iterator.reset(segment, termId);
        while (iterator.next()) {
            postings.add(new Posting(iterator.impact(), iterator.docId()));
        }
        postings.sort(IN_ORDER);
        return postings;
    }

    @Test
    void fieldsKeepTheirScaleCountsAndAttributes() throws IOException {
        Map<String, FieldOptions> options = Map.of(
                "fixed",
                new FieldOptions(Optional.of(new Quantizer(0.01f)), Map.of("encoder", "bm25", "k1", "0.9")),
                "unused",
                FieldOptions.DEFAULT);
        List<Document> documents = List.of(
                Document.of("1", "fixed", SparseVector.of(Map.of("a", 1f, "b", 2.55f, "c", 2.56f))),
                Document.of("2", "whole", SparseVector.of(Map.of("a", 1f, "b", 255f))),
                Document.of("3", "broken", SparseVector.of(Map.of("a", 5.1f, "b", 1e-9f))),
                Document.of("4", "large", SparseVector.of(Map.of("a", 256f))),
                Document.of("5", "fixed", SparseVector.EMPTY));
        IndexSummary summary = TestDocuments.build(folder.resolve("index"), documents, options, false);
        try (IndexReader reader = IndexReader.open(folder.resolve("index"))) {
            assertEquals(summary.fields(), List.copyOf(reader.fields().values()));
            assertEquals(
                    new FieldInfo("fixed", new Quantizer(0.01f), Map.of("encoder", "bm25", "k1", "0.9"), 1, 3, 1),
                    reader.field("fixed").orElseThrow());
            assertEquals(
                    new FieldInfo("whole", Quantizer.IDENTITY, Map.of(), 1, 2, 0),
                    reader.field("whole").orElseThrow());
            assertEquals(
                    Quantizer.forLargestWeight(5.1f),
                    reader.field("broken").orElseThrow().quantizer());
            assertEquals(
                    Quantizer.forLargestWeight(256),
                    reader.field("large").orElseThrow().quantizer());
            assertEquals(0, reader.field("unused").orElseThrow().postingCount());
            SegmentReader segment = reader.segments().getFirst();
            assertEquals(1, segment.largestImpact(segment.termId("broken", "b")), "a positive weight is never 0");
        }
        assertTrue(IndexCheck.run(folder.resolve("index"), bytes -> {}).isSound());
    }

    @Test
    void whatIsUnknownIsNotFound() throws IOException {
        TestDocuments.build(folder.resolve("index"), TestDocuments.three());
        try (IndexReader reader = IndexReader.open(folder.resolve("index"))) {
            SegmentReader segment = reader.segments().getFirst();
            assertEquals(-1, segment.termId("body", "cow"));
            assertEquals(-1, segment.termId("title", "dog"), "a token of another field");
            assertEquals(-1, segment.termId("nowhere", "cat"));
            assertEquals(Optional.empty(), reader.field("nowhere"));
            assertEquals(0, reader.statistics("nowhere").documentFrequency("cat"));
            assertEquals(3, reader.statistics("nowhere").documentCount());
            assertEquals(2, reader.statistics("body").documentFrequency("cat"));
        }
    }

    @Test
    void anIndexIsMappedUntilItIsClosed() throws IOException {
        TestDocuments.build(folder.resolve("index"), TestDocuments.three());
        long mappedBefore = MappedMemoryExtension.mappedFileCount();
        IndexReader reader = IndexReader.open(folder.resolve("index"));
        assertEquals(mappedBefore + 5, MappedMemoryExtension.mappedFileCount());
        reader.close();
        reader.close();
        assertEquals(mappedBefore, MappedMemoryExtension.mappedFileCount());
    }

    @Test
    void anIndexWithoutDocumentsIsSound() throws IOException {
        TestDocuments.build(folder.resolve("index"), List.of());
        try (IndexReader reader = IndexReader.open(folder.resolve("index"))) {
            assertEquals(0, reader.documentCount());
            assertTrue(reader.fields().isEmpty());
            assertEquals(0, reader.statistics("body").documentFrequency("cat"));
        }
        assertTrue(IndexCheck.run(folder.resolve("index"), bytes -> {}).isSound());
        assertFalse(IndexReader.isIndex(folder));
    }
}
