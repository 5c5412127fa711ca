package io.skiff.bench.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorpusGeneratorTest {
    private static final long SEED = Long.getLong("skiff.seed", 7);
    private static final int QUERIES = 200;
    private static final VectorPool POOL = VectorPool.synthetic(QUERIES, SEED);

    @ParameterizedTest
    @EnumSource
    void sameSeedSameCorpus(Variant variant) throws IOException {
        CorpusOptions options = new CorpusOptions(300, QUERIES, SEED, variant);
        List<WeightedTokens> first = documents(options);
        assertEquals(300, first.size());
        assertEquals(first, documents(options), "seed " + SEED);
        assertNotEquals(first, documents(new CorpusOptions(300, QUERIES, SEED + 1, variant)), "seed " + SEED);
    }

    @ParameterizedTest
    @EnumSource
    void documentsAreSortedDistinctAndWithinTheWeights(Variant variant) throws IOException {
        int vocabularySize = CorpusGenerator.vocabulary(POOL).length;
        for (WeightedTokens document : documents(new CorpusOptions(500, QUERIES, SEED, variant))) {
            assertTrue(document.size() > 0 && document.size() <= 400, "seed " + SEED + ": " + document.size());
            int previous = -1;
            for (int i = 0; i < document.size(); i++) {
                assertTrue(document.tokens()[i] > previous, "seed " + SEED + ": " + document);
                assertTrue(document.weights()[i] >= 1 && document.weights()[i] <= 255, "seed " + SEED);
                previous = document.tokens()[i];
            }
            assertTrue(previous < vocabularySize, "seed " + SEED + ": token " + previous);
        }
    }

    @Test
    void queriesAreHeldOutOfThePool() {
        assertEquals(QUERIES, POOL.queries().size());
        Set<WeightedTokens> pool = new HashSet<>(POOL.vectors());
        assertEquals(POOL.vectors().size(), pool.size(), "vectors repeat, seed " + SEED);
        for (WeightedTokens query : POOL.queries()) {
            assertFalse(pool.contains(query), "seed " + SEED + ": " + query);
        }
        assertThrows(IllegalArgumentException.class, () -> VectorPool.synthetic(1_000_000, SEED));
    }

    @Test
    void dealingAtRandomKeepsFrequenciesAndLengths() throws IOException {
        CorpusStatistics topical = CorpusStatistics.of(POOL, new CorpusOptions(10_000, QUERIES, SEED, Variant.DEFAULT));
        CorpusStatistics dealt = CorpusStatistics.of(POOL, new CorpusOptions(10_000, QUERIES, SEED, Variant.NO_TOPICS));
        assertEquals(topical.documents(), dealt.documents());
        assertEquals(topical.postingsPerDocument(), dealt.postingsPerDocument(), .5, "seed " + SEED);
        for (int rank : new int[] {1, 10, 100, 1000}) {
            assertEquals(topical.percentAtRank(rank), dealt.percentAtRank(rank), .2, "rank " + rank + " seed " + SEED);
        }
    }

    @Test
    void dealingAtRandomLeavesNoTopics() throws IOException {
        // Documents of one run share a seed vector, so neighbors overlap unless topics are gone.
        double topical = overlapOfNeighbors(Variant.DEFAULT);
        double dealt = overlapOfNeighbors(Variant.NO_TOPICS);
        assertTrue(topical > 1.5 * dealt, "shared tokens " + topical + " and " + dealt + ", seed " + SEED);
    }

    @Test
    void flatWeightsAreFlat() throws IOException {
        for (WeightedTokens document : documents(new CorpusOptions(200, QUERIES, SEED, Variant.FLAT))) {
            for (int weight : document.weights()) {
                assertTrue(weight >= 90 && weight <= 111, "weight " + weight + ", seed " + SEED);
            }
        }
    }

    /** The numbers that the design of the engine was measured against. */
    @Test
    void realVectorsGiveTheKnownStatistics() throws IOException {
        VectorPool pool = VectorPool.read(RealVectors.directory(), 2000, SEED);
        CorpusStatistics statistics =
                CorpusStatistics.of(pool, new CorpusOptions(100_000, 2000, SEED, Variant.DEFAULT));
        String found = String.format(
                "%.1f postings a document, %d tokens, %.1f %.1f %.2f %.2f %.3f %%, seed %d",
                statistics.postingsPerDocument(),
                statistics.shares().length,
                statistics.percentAtRank(1),
                statistics.percentAtRank(10),
                statistics.percentAtRank(100),
                statistics.percentAtRank(1000),
                statistics.percentAtRank(5000),
                SEED);
        assertEquals(120.5, statistics.postingsPerDocument(), 2, found);
        assertEquals(27_000, statistics.shares().length, 1_500, found);
        assertEquals(48, statistics.percentAtRank(1), 5, found);
        assertEquals(21, statistics.percentAtRank(10), 2, found);
        assertEquals(10.7, statistics.percentAtRank(100), 1, found);
        assertEquals(2.9, statistics.percentAtRank(1000), .2, found);
        assertEquals(.4, statistics.percentAtRank(5000), .04, found);
    }

    private static double overlapOfNeighbors(Variant variant) throws IOException {
        List<WeightedTokens> documents = documents(new CorpusOptions(2_000, QUERIES, SEED, variant));
        long shared = 0;
        for (int i = 1; i < documents.size(); i++) {
            Set<Integer> previous = new HashSet<>();
            for (int token : documents.get(i - 1).tokens()) {
                previous.add(token);
            }
            for (int token : documents.get(i).tokens()) {
                shared += previous.contains(token) ? 1 : 0;
            }
        }
        return (double) shared / documents.size();
    }

    private static List<WeightedTokens> documents(CorpusOptions options) throws IOException {
        DocumentSupplier supplier = CorpusGenerator.of(POOL, options);
        List<WeightedTokens> documents = new ArrayList<>();
        for (WeightedTokens document; (document = supplier.next()) != null; ) {
            documents.add(document);
        }
        assertNull(supplier.next());
        return documents;
    }
}
