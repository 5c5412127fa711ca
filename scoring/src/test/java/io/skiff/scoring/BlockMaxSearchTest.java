package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.IndexReader;
import io.skiff.index.SegmentReader;
import io.skiff.index.SparseVector;
import io.skiff.index.Verification;
import io.skiff.index.blockmax.BlockMaxOptions;
import io.skiff.scoring.SparseQuery.Clause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search by block bounds against exhaustive search: the same hits, scores and order of ties. */
final class BlockMaxSearchTest {
    private static final int HEADER_BYTES = 64;
    private static final int[] KS = {1, 2, 3, 10, 100, 1_000, Searcher.MAX_K};

    @TempDir
    Path directory;

    private static BlockMaxOptions options(int blockShift) {
        return new BlockMaxOptions(0, blockShift);
    }

    /** Searches in every way with every kernel and compares. */
    private static void assertSame(IndexReader reader, List<SparseQuery> queries, String what) {
        assertNotNull(reader.segments().getFirst().blockMax());
        Searcher exhaustive = new Searcher(reader, Kernels.named("scalar"), SearchStrategy.EXHAUSTIVE);
        for (String kernels : KernelsTest.names()) {
            Searcher blockMax = new Searcher(reader, Kernels.named(kernels), SearchStrategy.BLOCK_MAX);
            Searcher auto = new Searcher(reader, Kernels.named(kernels), SearchStrategy.AUTO);
            for (int i = 0; i < queries.size(); i++) {
                for (int k : KS) {
                    String input = what + ", " + kernels + ", query " + i + ", k=" + k + Seed.describe();
                    TopDocs expected = exhaustive.search(queries.get(i), k);
                    TopDocs actual = blockMax.search(queries.get(i), k);
                    assertEquals(expected.hits(), actual.hits(), input);
                    assertEquals(expected.hits(), auto.search(queries.get(i), k).hits(), input);
                    assertTrue(actual.totalHits() <= expected.totalHits(), input);
                    assertTrue(actual.totalHits() >= actual.hits().size(), input);
                }
            }
        }
    }

    private static SparseQuery query(Random random, int vocabularySize) {
        int maxTokens = random.nextInt(6) == 0 ? 2_000 : 30;
        boolean flat = random.nextInt(3) == 0;
        // Tokens above the vocabulary are unknown to the index.
        SparseVector vector = Corpus.vector(random, vocabularySize + 9, maxTokens, u -> flat ? 1 : 3 * u + 1e-3);
        return random.nextBoolean()
                ? SparseQuery.of("whole", vector)
                : new SparseQuery(List.of(new Clause("whole", vector, 2), new Clause("body", vector, .3f)));
    }

    @Test
    void equalsExhaustiveSearchOnRandomCorpora() throws IOException {
        int[] sizes = {1, 2, 7, 8, 9, 63, 513, 2_049, 12_000};
        for (int round = 0; round < sizes.length; round++) {
            Random random = Seed.random(600 + round);
            int vocabularySize = random.nextBoolean() ? 40 : 3_000;
            Corpus corpus = Corpus.random(random, sizes[round], vocabularySize);
            List<SparseQuery> queries = IntStream.range(0, 8)
                    .mapToObj(i -> query(random, vocabularySize))
                    .toList();
            for (int blockShift = 2; blockShift <= 3; blockShift++) {
                Path path = directory.resolve(round + "-" + blockShift);
                try (IndexReader reader = corpus.index(path, options(blockShift))) {
                    assertSame(reader, queries, sizes[round] + " documents, shift " + blockShift);
                }
            }
        }
    }

    @Test
    void equalsExhaustiveSearchWhereEverythingTies() throws IOException {
        Corpus corpus = new Corpus();
        for (int i = 0; i < 5_003; i++) {
            Map<String, Integer> weights = new HashMap<>(Map.of("all", 1));
            weights.put("third" + i % 3, i % 2 == 0 ? 255 : 1);
            weights.put("run" + i / 500, 1);
            if (i == 4_321) {
                weights.put("once", 255);
            }
            corpus.add("whole", SparseVector.of(weights));
        }
        List<SparseQuery> queries = List.of(
                whole(Map.of("all", 1)),
                whole(Map.of("once", 1)),
                whole(Map.of("once", 1, "all", 1)),
                whole(Map.of("third0", 1, "third1", 1, "third2", 1)),
                whole(Map.of("all", 3, "third1", 2, "run7", 700, "unknown", 9)),
                whole(Map.of("run0", 1, "run9", 1)),
                whole(Map.of("all", 65_000)));
        try (IndexReader reader = corpus.index(directory.resolve("index"), options(3))) {
            assertSame(reader, queries, "ties");
        }
    }

    private static SparseQuery whole(Map<String, Integer> weights) {
        return SparseQuery.of("whole", SparseVector.of(weights));
    }

    @Test
    void equalsExhaustiveSearchNearTheLimitOfTheSums() throws IOException {
        Random random = Seed.random(620);
        Corpus corpus = new Corpus();
        for (int i = 0; i < 1_500; i++) {
            Map<String, Integer> weights = new HashMap<>();
            for (int token = 0; token < 400; token++) {
                if (random.nextInt(3) == 0 || i == 777) {
                    weights.put("t" + token, i == 777 ? 255 : 1 + random.nextInt(255));
                }
            }
            corpus.add("whole", SparseVector.of(weights));
        }
        Map<String, Integer> heavy = new HashMap<>();
        Map<String, Double> light = new HashMap<>();
        for (int token = 0; token < 400; token++) {
            heavy.put("t" + token, 20_000);
            light.put("t" + token, token == 0 ? 1_000 : .001);
        }
        try (IndexReader reader = corpus.index(directory.resolve("index"), options(3))) {
            List<SparseQuery> queries =
                    List.of(whole(heavy), SparseQuery.of("whole", SparseVector.of(light)), whole(Map.of("t5", 1)));
            assertSame(reader, queries, "limits");
        }
    }

    @Test
    void scoresFewBlocksWhereBoundsPrune() throws IOException {
        Corpus corpus = new Corpus();
        for (int i = 0; i < 40_000; i++) {
            corpus.add("whole", SparseVector.of(Map.of("all", 1 + i % 5, "topic" + i / 100, 100)));
        }
        try (IndexReader reader = corpus.index(directory.resolve("index"), options(3))) {
            SegmentReader segment = reader.segments().getFirst();
            SegmentTerms terms = resolve(reader, whole(Map.of("all", 1, "topic250", 1)));
            BlockMaxSearch search = new BlockMaxSearch(new ScalarBlockMaxKernels(), new ScalarRecordKernels());
            TopK topK = new TopK();
            topK.reset(10);
            search.sumBounds(task(segment, 0), terms, BlockRange.all(segment.blockMax()));
            assertEquals(
                    BlockMaxSearch.Outcome.COMPLETE, search.scoreBlocks(terms, false, topK, BlockBudget.unlimited(10)));
            // 13 of 5,000 blocks have the topic; not one besides them can hold a hit.
            assertTrue(search.scoredBlockCount() <= 13, "scored " + search.scoredBlockCount());
        }
    }

    @Test
    void exhaustiveSearchTakesOverWhereItGivesUp() throws IOException {
        Random random = Seed.random(630);
        Corpus corpus = Corpus.random(random, 10_000, 60);
        SparseQuery query = SparseQuery.of("whole", Corpus.vector(random, 60, 200, u -> 1 + u));
        try (IndexReader reader = corpus.index(directory.resolve("index"), options(3))) {
            SegmentReader segment = reader.segments().getFirst();
            SegmentTerms terms = resolve(reader, query);
            Kernels kernels = Kernels.named("scalar");
            for (int k : new int[] {1, 10, 300}) {
                Scratch scratch = new Scratch(segment.documentCount(), 64);
                scratch.topK.reset(k);
                new ExhaustiveScorer(kernels).score(task(segment, 5), terms, scratch);
                long[] expected = sorted(scratch.topK);

                scratch.topK.reset(k);
                BlockBudget nothing = new BlockBudget(k, 1e9, 1);
                scratch.blockMax.sumBounds(task(segment, 5), terms, BlockRange.all(segment.blockMax()));
                assertEquals(
                        BlockMaxSearch.Outcome.GAVE_UP,
                        scratch.blockMax.scoreBlocks(terms, false, scratch.topK, nothing));
                scratch.topK.forget(5, Long.MAX_VALUE);
                new ExhaustiveScorer(kernels).score(task(segment, 5), terms, scratch);
                assertArrayEquals(expected, sorted(scratch.topK), "k=" + k + Seed.describe());
            }
        }
    }

    @Test
    void damageNeverBringsASearchDown() throws IOException {
        Random random = Seed.random(640);
        Corpus corpus = Corpus.random(random, 1_000, 400);
        List<SparseQuery> queries =
                IntStream.range(0, 3).mapToObj(i -> query(random, 400)).toList();
        Path index = directory.resolve("index");
        corpus.index(index, options(3)).close();
        try (Stream<Path> files = Files.list(index)) {
            for (Path file : files.filter(path -> path.toString().matches(".*block(bounds|records).*"))
                    .toList()) {
                byte[] sound = Files.readAllBytes(file);
                for (int i = 0; i < 200; i++) {
                    byte[] damaged = sound.clone();
                    damaged[HEADER_BYTES + random.nextInt(sound.length - HEADER_BYTES - Integer.BYTES)] ^=
                            (byte) (1 + random.nextInt(255));
                    Files.write(file, damaged);
                    searchDamaged(index, queries);
                }
                Files.write(file, sound);
            }
        }
    }

    /** Bulk data is not verified here: any answer will do, or an error that says what is damaged. */
    private static void searchDamaged(Path index, List<SparseQuery> queries) throws IOException {
        try (IndexReader reader = IndexReader.open(index, Verification.METADATA)) {
            Searcher searcher = new Searcher(reader, Kernels.named("scalar"), SearchStrategy.BLOCK_MAX);
            for (SparseQuery query : queries) {
                for (Hit hit : searcher.search(query, 20).hits()) {
                    assertTrue(hit.docId() < reader.documentCount(), hit + Seed.describe());
                }
            }
        } catch (UncheckedIOException e) {
            assertTrue(e.getMessage().contains("block files"), e.getMessage());
        }
    }

    private static SegmentTask task(SegmentReader segment, long firstOrdinal) {
        return new SegmentTask(segment, firstOrdinal, new AcceptedDocs(), StopSignal.never());
    }

    private static SegmentTerms resolve(IndexReader reader, SparseQuery query) {
        SegmentTerms terms = new SegmentTerms();
        terms.resolve(reader.segments().getFirst(), QueryPlan.of(query, reader.fields()));
        return terms;
    }

    private static long[] sorted(TopK topK) {
        return IntStream.range(0, topK.sort()).mapToLong(topK::get).toArray();
    }
}
