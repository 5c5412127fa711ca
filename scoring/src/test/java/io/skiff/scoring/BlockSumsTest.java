package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.IndexReader;
import io.skiff.index.SparseVector;
import io.skiff.index.blockmax.BlockMaxOptions;
import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.BoundsKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sums over several tiles and over ranges that start anywhere, of terms of every kind. */
final class BlockSumsTest {
    /** Blocks of 4 documents: 37,500 of them are six tiles. */
    private static final int DOCUMENTS = 150_000;

    private static final int TILE_GROUPS = 100;

    private static final int BLOCK_SHIFT = 2;

    /**
     * A token of the query.
     *
     * @param weight in the query
     * @param oneIn one in so many documents has it: dense terms, pairs with gaps of all sizes, lists
     * @param from the first document that may have it
     */
    private record Token(String name, int weight, int oneIn, int from) {}

    private static final List<Token> TOKENS = List.of(
            new Token("third", 1, 3, 0),
            new Token("fifth", 2, 5, 0),
            new Token("ninth", 1, 9, 0),
            new Token("all", 1, 1, 0),
            new Token("half", 3, 2, 0),
            new Token("tenth", 2, 10, 0),
            new Token("dense", 1, 60, 0),
            new Token("gaps", 5, 200, 0),
            new Token("wide", 7, 1_000, 0),
            new Token("late", 6, 300, 100_000),
            new Token("list", 4, 20_000, 0));

    /** How many of the tokens, the first ones, are dense: a four and three others. */
    private static final int DENSE = 7;

    @TempDir
    Path directory;

    @Test
    void aBlockSumsToTheMaximaOfItsTermsWhereverTheRangeStarts() throws IOException {
        Random random = Seed.random(77);
        Corpus corpus = new Corpus();
        int[][] maxima = new int[DOCUMENTS >> BLOCK_SHIFT][TOKENS.size()];
        for (int[] ofBlock : maxima) {
            for (int i = 0; i < 1 << BLOCK_SHIFT; i++) {
                corpus.add("whole", document(random, corpus.size(), ofBlock));
            }
        }
        try (IndexReader reader = corpus.index(directory.resolve("index"), new BlockMaxOptions(0, BLOCK_SHIFT))) {
            // With one dense term less each time, since what is left over from fours is filled up or stands alone.
            for (int first = 0; first < DENSE; first++) {
                assertSums(reader, first, maxima);
            }
        }
    }

    /** Sums of all tokens from one on. */
    private static void assertSums(IndexReader reader, int first, int[][] maxima) {
        BlockMaxReader blocks = reader.segments().getFirst().blockMax();
        List<Token> tokens = TOKENS.subList(first, TOKENS.size());
        Map<String, Integer> weights = tokens.stream().collect(Collectors.toMap(Token::name, Token::weight));
        SegmentTerms terms = new SegmentTerms();
        terms.resolve(
                reader.segments().getFirst(),
                QueryPlan.of(SparseQuery.of("whole", SparseVector.of(weights)), reader.fields()));
        Set<BoundsKind> kinds = EnumSet.noneOf(BoundsKind.class);
        for (int i = 0; i < terms.count(); i++) {
            kinds.add(blocks.boundsKind(terms.termId(i)));
        }
        assertEquals(EnumSet.allOf(BoundsKind.class), kinds, "kinds of bounds");
        assertEquals(DENSE - first, denseCount(blocks, terms, false), "dense terms");
        assertTrue(denseCount(blocks, terms, true) < DENSE - first, "one of them has few blocks");
        int[] expected = new int[maxima.length];
        for (int block = 0; block < expected.length; block++) {
            for (int token = first; token < TOKENS.size(); token++) {
                expected[block] += TOKENS.get(token).weight() * maxima[block][token];
            }
        }
        BlockRange all = BlockRange.all(blocks);
        assertSums(expected, blocks, terms, all);
        for (int part = 0; part < 5; part++) {
            assertSums(expected, blocks, terms, all.part(part, 5));
        }
        assertSums(expected, blocks, terms, new BlockRange(all.endGroup() - 1, all.endGroup()));
    }

    private static int denseCount(BlockMaxReader blocks, SegmentTerms terms, boolean unpacks) {
        DenseTerms dense = new DenseTerms();
        dense.reset(blocks, terms, unpacks);
        return dense.count();
    }

    /** A document; raises the maxima of its block to its impacts. */
    private static SparseVector document(Random random, int number, int[] maxima) {
        Map<String, Integer> impacts = new HashMap<>();
        for (int i = 0; i < TOKENS.size(); i++) {
            Token token = TOKENS.get(i);
            if (random.nextInt(token.oneIn()) == 0 && number >= token.from()) {
                int impact = 1 + random.nextInt(255);
                impacts.put(token.name(), impact);
                maxima[i] = Math.max(maxima[i], impact);
            }
        }
        return SparseVector.of(impacts);
    }

    private static void assertSums(int[] expected, BlockMaxReader blocks, SegmentTerms terms, BlockRange range) {
        AcceptedDocs every = new AcceptedDocs();
        every.reset(null, null, DOCUMENTS);
        for (int bits : new int[] {0, 128, Kernels.named("auto").registerBits()}) {
            BlockSums sums = new BlockSums(BlockMaxKernels.forRegisters(bits), TILE_GROUPS);
            assertTrue(sums.add(blocks, terms, every, range, StopSignal.never()));
            int end = Math.min(range.endBlock(), expected.length);
            for (int block = range.firstBlock(); block < end; block++) {
                int of = block;
                assertEquals(
                        expected[block],
                        sums.get(block - range.firstBlock()),
                        () -> "block " + of + " of " + range + ", " + bits + " bits" + Seed.describe());
            }
            assertRanks(sums, end - range.firstBlock());
        }
    }

    /** A bound for a rank is reached by about so many blocks: samples and buckets of bounds leave it a factor of two. */
    private static void assertRanks(BlockSums sums, int blockCount) {
        for (int rank : new int[] {1, 30, 100, 300, 1_000, 3_000}) {
            int bound = sums.boundOfRank(rank);
            long reached = IntStream.range(0, blockCount)
                    .filter(block -> sums.get(block) >= bound)
                    .count();
            String what = reached + " of " + blockCount + " blocks for rank " + rank + Seed.describe();
            assertTrue(4 * rank > blockCount || reached >= rank / 3, what);
            assertTrue(4 * rank > blockCount || reached <= 2 * rank + blockCount / 50 + 10, what);
        }
    }
}
