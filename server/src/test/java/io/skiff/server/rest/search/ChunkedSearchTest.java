package io.skiff.server.rest.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.encoder.Chunking;
import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexBuilder;
import io.skiff.index.Quantizer;
import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnValue;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.explain.SearchTrace;
import io.skiff.server.rest.plan.MatchingDocuments;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.QueryLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that were cut into chunks: each is one hit, its best or first chunk, whatever the query and the order. */
final class ChunkedSearchTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_261_126);
    private static final int DOCUMENTS = 120;

    private record ChunkOf(int document, int number, int weight, long value) {}

    private static final List<ChunkOf> CHUNKS = new ArrayList<>();
    private static Collection collection;

    @BeforeAll
    static void open(@TempDir Path directory) throws IOException {
        Random random = new Random(SEED);
        Map<String, FieldOptions> fields = Map.of(
                "sv",
                new FieldOptions(
                        Optional.of(Quantizer.IDENTITY), new Chunking(Chunking.Unit.SENTENCES, 8, 0).attributes()));
        try (IndexBuilder builder = IndexBuilder.create(directory.resolve("index"), fields, false)) {
            for (int document = 0; document < DOCUMENTS; document++) {
                int count = 1 + random.nextInt(9);
                for (int number = 0; number < count; number++) {
                    ChunkOf chunk = new ChunkOf(document, number, random.nextInt(7), random.nextInt(30));
                    CHUNKS.add(chunk);
                    builder.add(new Document(
                            "d#" + document + "#" + number,
                            Map.of("sv", SparseVector.of(Map.of("t", chunk.weight()))),
                            Map.of("n", List.of(new ColumnValue.Whole(chunk.value()))),
                            "{}".getBytes(StandardCharsets.UTF_8)));
                }
            }
            builder.commit();
        }
        collection = Collection.open("index", directory.resolve("index"));
        assertTrue(collection.isChunked());
    }

    @AfterAll
    static void close() {
        collection.close();
    }

    private static final Query VECTOR = new Query.Sparse(
            "sparse_vector", "sv", new Query.VectorSource.Given(SparseVector.of(Map.of("t", 1))), Optional.empty(), 1);

    private static Query with(Query scored, List<Query> filter) {
        return new Query.Bool(List.of(), List.of(scored), filter, List.of(), Optional.empty(), 1);
    }

    private static Query values(long least) {
        return new Query.Range(
                "n",
                Optional.of(new Query.Bound(Long.toString(least), true)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1);
    }

    private static List<String> ids(SearchRequest request) {
        SearchTrace trace = new SearchTrace(collection, false);
        return CollectionSearch.search(collection, QueryLimits.DEFAULT, request, new Cancellation(), trace)
                .hits()
                .stream()
                .map(hit -> collection.documentId(hit.hit()))
                .toList();
    }

    private static SearchRequest request(Query query, int size) {
        return QueryOracleTest.request(query, size);
    }

    /** Documents in the order of their first chunk under an order. */
    private static List<String> documents(List<ChunkOf> chunks, Comparator<ChunkOf> order, int size) {
        Map<Integer, ChunkOf> first = new LinkedHashMap<>();
        chunks.stream().sorted(order).forEach(chunk -> first.putIfAbsent(chunk.document(), chunk));
        return first.keySet().stream().limit(size).map(number -> "d#" + number).toList();
    }

    private static final Comparator<ChunkOf> BY_WEIGHT =
            Comparator.comparingInt(ChunkOf::weight).reversed();

    @Test
    void aDocumentIsItsBestChunk() {
        for (int size : new int[] {1, 10, 200}) {
            List<ChunkOf> matching =
                    CHUNKS.stream().filter(chunk -> chunk.weight() > 0).toList();
            assertEquals(documents(matching, BY_WEIGHT, size), ids(request(VECTOR, size)));
            for (long least : new long[] {0, 15, 28, 99}) {
                List<ChunkOf> filtered =
                        CHUNKS.stream().filter(chunk -> chunk.value() >= least).toList();
                assertEquals(
                        documents(filtered, BY_WEIGHT, size),
                        ids(request(with(VECTOR, List.of(values(least))), size)),
                        size + " from " + least);
            }
        }
    }

    @Test
    void anOrderKnowsDocumentsToo() {
        SearchRequest request = new RequestBuilder(request(values(5), 40))
                .sort(List.of(new SortKey.ByField(
                        "n", true, SortKey.Mode.MAX, SortKey.ByField.LAST, Optional.empty(), Optional.empty())))
                .build();
        List<ChunkOf> matching =
                CHUNKS.stream().filter(chunk -> chunk.value() >= 5).toList();
        assertEquals(
                documents(matching, Comparator.comparingLong(ChunkOf::value).reversed(), 40), ids(request));
    }

    @Test
    void idsAreThoseOfDocuments() {
        assertEquals(List.of("d#7", "d#30"), ids(request(new Query.Ids(List.of("d#30", "d#7", "d#999"), 1), 10)));
        List<String> named = new ArrayList<>();
        assertTrue(MatchingDocuments.forEachId(collection, QueryLimits.DEFAULT, values(20), () -> false, named::add));
        assertEquals(
                CHUNKS.stream()
                        .filter(chunk -> chunk.value() >= 20)
                        .map(chunk -> "d#" + chunk.document())
                        .distinct()
                        .toList(),
                named);
    }
}
