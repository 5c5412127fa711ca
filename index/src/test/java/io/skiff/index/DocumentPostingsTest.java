package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.index.blockmax.BlockMaxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every document has its postings, whatever they are read from and however many at a time. */
class DocumentPostingsTest {
    @TempDir
    private Path folder;

    @Test
    void areThoseOfTheTerms() throws IOException {
        List<Document> documents = TestDocuments.random(Seed.random(), 700, "title", "body");
        for (BlockMaxOptions options : List.of(BlockMaxOptions.NEVER, new BlockMaxOptions(0, 3))) {
            Path index = folder.resolve("index-" + options.leastDocumentCount());
            try (IndexBuilder builder =
                    IndexBuilder.create(index, Map.of(), false, BuildOptions.DEFAULT.withBlockMax(options))) {
                for (Document document : documents) {
                    builder.add(document);
                }
                builder.commit();
            }
            try (IndexReader reader = IndexReader.open(index)) {
                SegmentReader segment = reader.segments().getFirst();
                assertEquals(options.equals(BlockMaxOptions.NEVER), segment.blockMax() == null);
                List<Map<Integer, Integer>> expected = byTerm(segment);
                for (int mostPostings : new int[] {1, 7, 1_000, 1 << 20}) {
                    assertEquals(
                            expected,
                            byDocument(segment, mostPostings),
                            () -> mostPostings + " at a time, " + Seed.message());
                }
            }
        }
    }

    private static List<Map<Integer, Integer>> byTerm(SegmentReader segment) {
        List<Map<Integer, Integer>> postings = new ArrayList<>();
        for (int docId = 0; docId < segment.documentCount(); docId++) {
            postings.add(new TreeMap<>());
        }
        PostingsIterator iterator = new PostingsIterator();
        for (int termId = 0; termId < segment.termCount(); termId++) {
            iterator.reset(segment, termId);
            while (iterator.next()) {
                postings.get(iterator.docId()).put(termId, iterator.impact());
            }
        }
        return postings;
    }

    private static List<Map<Integer, Integer>> byDocument(SegmentReader segment, int mostPostings) throws IOException {
        List<Map<Integer, Integer>> postings = new ArrayList<>();
        new DocumentPostings(segment, mostPostings).forEach((docId, termIds, impacts, from, to) -> {
            assertEquals(postings.size(), docId);
            Map<Integer, Integer> ofDocument = new TreeMap<>();
            for (int i = from; i < to; i++) {
                ofDocument.put(termIds[i], Byte.toUnsignedInt(impacts[i]));
            }
            assertEquals(to - from, ofDocument.size());
            postings.add(ofDocument);
        });
        return postings;
    }
}
