package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.IndexReader;
import io.skiff.index.SegmentReader;
import io.skiff.index.SparseVector;
import io.skiff.index.blockmax.BlockMaxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the model chooses after made-up costs; nothing here looks at a clock. */
final class CostModelTest {
    private static final int K = 10;
    private static final int EXPLORED_EVERY = 256;

    @TempDir
    Path directory;

    private IndexReader reader;
    private SegmentReader segment;
    private final SegmentTerms terms = new SegmentTerms();
    private final CostModel costs = new CostModel(false);

    @BeforeEach
    void buildIndex() throws IOException {
        Corpus corpus = new Corpus();
        for (int i = 0; i < 60_000; i++) {
            corpus.add("whole", SparseVector.of(Map.of("a", 1 + i % 255, "b", 1 + i % 99, "c" + i % 2, 7)));
        }
        reader = corpus.index(directory.resolve("index"), new BlockMaxOptions(0, 3));
        segment = reader.segments().getFirst();
        SparseQuery query = SparseQuery.of("whole", SparseVector.of(Map.of("a", 3, "b", 2, "c0", 1)));
        terms.resolve(segment, QueryPlan.of(query, reader.fields()));
    }

    private int chosen(int searches) {
        return (int) IntStream.range(0, searches)
                .filter(i -> costs.choosesBlockMax(segment, terms, K))
                .count();
    }

    private void learnBlocks(int times, int likelyCount) {
        for (int i = 0; i < times; i++) {
            costs.learnBlockMax(segment.blockMax(), terms, K, 100, likelyCount, 20_000, 60_000);
        }
    }

    @Test
    void blocksAreChosenUntilTheyProveToBeMany() {
        assertTrue(chosen(1) == 1, "the first search is by blocks");
        // From the first search on: that data has no structure shows in code that is not compiled yet, too.
        learnBlocks(20, segment.blockMax().blockCount());
        assertFalse(costs.choosesBlockMax(segment, terms, K));
        reader.close();
    }

    @Test
    void anEstimateThatBecameWrongIsCorrected() {
        learnBlocks(20, segment.blockMax().blockCount());
        learnBlocks(60, 80);
        assertTrue(costs.choosesBlockMax(segment, terms, K));
        reader.close();
    }

    @Test
    void oneHardSearchAmongEasyOnesTurnsNothingOver() {
        for (int round = 0; round < 20; round++) {
            learnBlocks(1, segment.blockMax().blockCount());
            assertTrue(costs.choosesBlockMax(segment, terms, K), "after hard search " + round);
            learnBlocks(9, 80);
        }
        reader.close();
    }

    @Test
    void aQueryOfFewPostingsIsExpectedToNeedFewBlocks() {
        SegmentTerms few = new SegmentTerms();
        few.resolve(segment, QueryPlan.of(SparseQuery.of("whole", SparseVector.of(Map.of("c0", 1))), reader.fields()));
        double share = (double) few.postingCount() / terms.postingCount();
        double expected = costs.blockMaxNanos(segment.blockMax(), few, K);
        learnBlocks(60, 500);
        assertTrue(share < .5, "share " + share);
        // The factor that the larger query teaches is that of the smaller one, too.
        assertTrue(costs.blockMaxNanos(segment.blockMax(), few, K) > expected);
        assertTrue(costs.blockMaxNanos(segment.blockMax(), few, K)
                < Math.sqrt(share) * 1.01 * costs.blockMaxNanos(segment.blockMax(), terms, K));
        reader.close();
    }

    @Test
    void searchesWithoutHitsLeaveTheEstimateWhereItCanRise() {
        learnBlocks(100_000, 0);
        learnBlocks(40, segment.blockMax().blockCount());
        assertFalse(costs.choosesBlockMax(segment, terms, K));
        reader.close();
    }

    @Test
    void aSearchGivesUpWhatIsHopelessAtOnceAndWhatIsDearOnceMuchWasSpent() {
        BlockBudget budget = new BlockBudget(K, 500, 1_000_000);
        assertTrue(budget.isOverspent(250, 20_000), "ten times as dear");
        assertFalse(budget.isOverspent(250, 4_000), "twice as dear, by an early estimate");
        assertTrue(budget.isOverspent(500, 4_000), "twice as dear, after a fourth of the cost");
        assertFalse(budget.isOverspent(5_000, 1_900), "what remains costs less");
        assertFalse(BlockBudget.unlimited(K).isOverspent(5_000, 1 << 24), "unlimited");
    }

    @Test
    void theFirstSearchesTeachNoRates() {
        double before = costs.exhaustiveNanos(segment, terms);
        for (int i = 0; i < 200; i++) {
            costs.learnExhaustive(segment, terms, 1_000_000_000);
        }
        assertEquals(before, costs.exhaustiveNanos(segment, terms));
        costs.learnExhaustive(segment, terms, 1_000_000_000);
        assertTrue(costs.exhaustiveNanos(segment, terms) > before);
        reader.close();
    }

    @Test
    void theOtherWayIsTriedNowAndThen() {
        int searches = 4 * EXPLORED_EVERY;
        learnBlocks(30, 60);
        // Then scoring everything is expected to cost more than four times as much: too dear to try.
        assertEquals(searches, chosen(searches));
        learnBlocks(30, 220);
        assertEquals(searches - 4, chosen(searches));
        reader.close();
    }
}
