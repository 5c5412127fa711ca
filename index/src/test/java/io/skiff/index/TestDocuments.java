package io.skiff.index;

import io.skiff.index.blockmax.BlockMaxOptions;
import io.skiff.index.columns.ColumnValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Documents for tests, and what is built from them. */
final class TestDocuments {
    private TestDocuments() {}

    /** Random documents of several fields, with tokens of one to four bytes per char, some without a field or source. */
    static List<Document> random(RandomGenerator random, int count, String... fields) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, SparseVector> vectors = new LinkedHashMap<>();
            for (String field : fields) {
                if (random.nextInt(5) > 0) {
                    vectors.put(field, randomVector(random));
                }
            }
            byte[] source = random.nextBoolean()
                    ? new byte[0]
                    : ("{\"n\":" + random.nextInt() + "}").getBytes(StandardCharsets.UTF_8);
            documents.add(new Document("doc-" + i + "é".repeat(random.nextInt(3)), vectors, source));
        }
        return documents;
    }

    private static SparseVector randomVector(RandomGenerator random) {
        Map<String, Float> weights = new LinkedHashMap<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            weights.put(randomToken(random), random.nextFloat(0.001f, 3));
        }
        return SparseVector.of(weights);
    }

    private static String randomToken(RandomGenerator random) {
        String[] letters = {"a", "b", "ß", "€", "\uffff", "😀"};
        StringBuilder token = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            token.append(letters[random.nextInt(letters.length)]);
        }
        return token.toString();
    }

    /** A small index: three documents, two fields. */
    static List<Document> three() {
        return List.of(
                new Document(
                        "a",
                        Map.of("body", SparseVector.of(new String[] {"cat", "dog"}, new float[] {3, 200})),
                        "{\"t\":1}".getBytes(StandardCharsets.UTF_8)),
                Document.of("b", "body", SparseVector.of(new String[] {"cat", "eel"}, new float[] {3, 7})),
                Document.of("c", "title", SparseVector.of(new String[] {"cat"}, new float[] {0.5f})));
    }

    /** Builds an index of documents. */
    static IndexSummary build(Path directory, List<Document> documents) throws IOException {
        return build(directory, documents, Map.of(), false);
    }

    static IndexSummary build(
            Path directory, List<Document> documents, Map<String, FieldOptions> fields, boolean replace)
            throws IOException {
        try (IndexBuilder builder = IndexBuilder.create(directory, fields, replace)) {
            for (Document document : documents) {
                builder.add(document);
            }
            return builder.commit();
        }
    }

    /** Reads all terms and postings of a segment; returns the sum of docIds and impacts. */
    static long readPostings(SegmentReader segment) {
        long sum = 0;
        PostingsIterator postings = new PostingsIterator();
        for (int termId = 0; termId < segment.termCount(); termId++) {
            segment.token(termId);
            postings.reset(segment, termId);
            while (postings.next()) {
                sum += (postings.docId() + 1L) * postings.impact() * (termId + 1L);
            }
        }
        return sum;
    }

    /** The document with columns that its id decides. */
    static Document withColumns(Document document) {
        int number = document.id().hashCode() & 0xFF;
        Map<String, List<ColumnValue>> columns = new HashMap<>();
        columns.put("parity", List.of(new ColumnValue.Keyword(number % 2 == 0 ? "even" : "odd")));
        columns.put("numbers", List.of(new ColumnValue.Whole(number), new ColumnValue.Whole(-number)));
        if (number % 3 == 0) {
            columns.put("third", List.of(new ColumnValue.Real(number / 3.0)));
        }
        return new Document(document.id(), document.vectors(), columns, document.source());
    }

    /** Builds an index that has a file of every kind: a segment with both copies of its postings, one with the second. */
    static void buildWithEverything(Path directory) throws IOException {
        BuildOptions both =
                BuildOptions.DEFAULT.withBlockMax(new BlockMaxOptions(0, 3)).withPostings(PostingsChoice.ALWAYS);
        List<Document> documents = random(Seed.random(), 60, "body", "title");
        try (IndexBuilder builder = IndexBuilder.create(directory, Map.of(), false, both)) {
            for (Document document : documents.subList(0, 40)) {
                builder.add(withColumns(document));
            }
            builder.commit();
        }
        try (IndexEditor editor = IndexEditor.open(directory);
                SegmentBuilder segment = editor.newSegment(Map.of(), both.withPostings(PostingsChoice.NEVER))) {
            for (Document document : documents.subList(40, 60)) {
                segment.add(document);
            }
            editor.append(segment);
            editor.delete(0, 7);
            editor.commit();
        }
    }
}
