package io.skiff.server.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skiff.encoder.Chunking;
import io.skiff.encoder.EncodingException;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.TokenStatistics;
import io.skiff.encoder.onnx.ExecutionOptions;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.FieldStatistics;
import io.skiff.index.IndexBuilder;
import io.skiff.index.SparseVector;
import io.skiff.scoring.Hit;
import io.skiff.scoring.SearchOptions;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;
import io.skiff.server.chunk.ChunkId;
import io.skiff.server.model.WordModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections whose fields models made, and what a collection counts and finds. */
class ModelCollectionsTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_260_120);

    @TempDir
    private Path folder;

    @Test
    void indexesOfOneModelShareIt() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Map<String, String> attributes;
        Path model = new WordModel("reef", "boat").write(folder.resolve("model"));
        try (OnnxEncoder encoder = OnnxEncoder.open(model, ExecutionOptions.DEFAULT)) {
            attributes = encoder.attributes();
        }
        Path other = new WordModel("reef", "sail").write(folder.resolve("other"));
        Map<String, String> otherAttributes;
        try (OnnxEncoder encoder = OnnxEncoder.open(other, ExecutionOptions.DEFAULT)) {
            otherAttributes = encoder.attributes();
        }
        build(data.resolve("a"), attributes, Map.of("d", Map.of("reef", 1f)));
        build(data.resolve("b"), attributes, Map.of("d", Map.of("reef", 1f)));
        build(data.resolve("c"), otherAttributes, Map.of("d", Map.of("reef", 1f)));
        SparseEncoder shared;
        try (Collections collections = Collections.open(data)) {
            shared = encoder(collections, "a");
            assertSame(shared, encoder(collections, "b"));
            assertNotSame(shared, encoder(collections, "c"));
        }
        EncodingException closed =
                assertThrows(EncodingException.class, () -> shared.encodeQuery("reef", FieldStatistics.NONE));
        assertEquals("the encoder is closed", closed.getMessage());
    }

    private static SparseEncoder encoder(Collections collections, String name) {
        return collections.acquire(name).orElseThrow().encoder("text").orElseThrow();
    }

    @Test
    void aFieldsTokensAreCountedBesideOtherFields() throws IOException {
        Path directory = folder.resolve("index");
        try (IndexBuilder builder = IndexBuilder.create(directory, Map.of(), false)) {
            SparseVector first = SparseVector.of(Map.of("reef", 1f, "boat", 2f));
            builder.add(new Document("1", Map.of("a", first, "b", SparseVector.of(Map.of("reef", 1f))), new byte[0]));
            builder.add(Document.of("2", "a", SparseVector.of(Map.of("reef", 1f))));
            builder.add(Document.of("3", "b", SparseVector.of(Map.of("sail", 1f, "fish", 1f))));
            builder.commit();
        }
        try (Collection collection = Collection.open("index", directory)) {
            TokenStatistics a = collection.tokenStatistics("a");
            assertEquals(List.of(2L, 3L, 2L), List.of(a.documentCount(), a.postingCount(), a.uniqueTokenCount()));
            assertEquals(2, a.frequencies().documentFrequency("reef"));
            TokenStatistics b = collection.tokenStatistics("b");
            assertEquals(List.of(2L, 3L, 3L), List.of(b.documentCount(), b.postingCount(), b.uniqueTokenCount()));
            TokenStatistics none = collection.tokenStatistics("c");
            assertEquals(0, none.uniqueTokenCount());
        }
    }

    /** Against the definition: the largest score of a document's chunks, ties to the chunk that was added first. */
    @Test
    void documentsAreFoundByTheirBestChunk() throws IOException {
        Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            Map<String, Map<String, Float>> chunks = new LinkedHashMap<>();
            Map<String, Integer> best = new LinkedHashMap<>();
            int documents = 1 + random.nextInt(40);
            for (int document = 0; document < documents; document++) {
                String id = "d" + document;
                int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 100 : 5);
                for (int number = 0; number < count; number++) {
                    int weight = 1 + random.nextInt(9);
                    chunks.put(new ChunkId(id, number).toString(), Map.of("reef", (float) weight));
                    best.merge(id, weight, Math::max);
                }
            }
            Path directory = folder.resolve("index" + round);
            Map<String, String> chunked = new Chunking(Chunking.Unit.TOKENS, 5, 1).attributes();
            build(directory, chunked, chunks);
            List<String> ids = new ArrayList<>(chunks.keySet());
            List<String> expected = best.keySet().stream()
                    .sorted((x, y) -> {
                        int byScore = best.get(y) - best.get(x);
                        return byScore != 0
                                ? byScore
                                : firstBest(ids, chunks, best, x) - firstBest(ids, chunks, best, y);
                    })
                    .toList();
            try (Collection collection = Collection.open("index", directory)) {
                SparseQuery query = SparseQuery.of("text", SparseVector.of(Map.of("reef", 1f)));
                for (int k : new int[] {1, 3, 10, 50}) {
                    TopDocs found = collection.search(query, SearchOptions.top(k), true);
                    List<String> foundIds =
                            found.hits().stream().map(collection::documentId).toList();
                    assertEquals(
                            expected.subList(0, Math.min(k, expected.size())), foundIds, "k " + k + ", seed " + SEED);
                    for (Hit hit : found.hits()) {
                        assertEquals(best.get(collection.documentId(hit)), (int) hit.score(), "seed " + SEED);
                    }
                    assertEquals(chunks.size(), found.totalHits());
                }
            }
        }
    }

    private static int firstBest(
            List<String> ids, Map<String, Map<String, Float>> chunks, Map<String, Integer> best, String document) {
        for (int i = 0; i < ids.size(); i++) {
            boolean own = ChunkId.parse(ids.get(i)).document().equals(document);
            if (own && chunks.get(ids.get(i)).get("reef").intValue() == best.get(document)) {
                return i;
            }
        }
        throw new AssertionError(document);
    }

    private static void build(Path directory, Map<String, String> attributes, Map<String, Map<String, Float>> documents)
            throws IOException {
        FieldOptions options = new FieldOptions(Optional.empty(), new HashMap<>(attributes));
        try (IndexBuilder builder = IndexBuilder.create(directory, Map.of("text", options), false)) {
            for (Map.Entry<String, Map<String, Float>> document : documents.entrySet()) {
                builder.add(Document.of(document.getKey(), "text", SparseVector.of(document.getValue())));
            }
            builder.commit();
        }
    }
}
