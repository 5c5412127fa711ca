package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.IndexReader;
import io.skiff.index.SegmentReader;
import io.skiff.index.SparseVector;
import io.skiff.index.blockmax.BlockMaxOptions;
import io.skiff.index.blockmax.BlockMaxReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A duel over the records of real segments, each copied to an array of its own, cut as short as the kernels allow. */
final class RecordKernelsTest {
    private static final int PADDING_BYTES = 64;

    @TempDir
    Path directory;

    @Test
    void scoresAreTheSame() throws IOException {
        for (int round = 0; round < 6; round++) {
            Random random = Seed.random(700 + round);
            int vocabularySize = round % 2 == 0 ? 80 : 4_000;
            Corpus corpus = Corpus.random(random, 1 + random.nextInt(1_500), vocabularySize);
            duel(corpus, random, vocabularySize, 3 - round % 2, "round " + round);
        }
    }

    @Test
    void scoresAreTheSameWhereOffsetsAreWide() throws IOException {
        Random random = Seed.random(710);
        Corpus corpus = new Corpus();
        int vocabularySize = 40_000;
        for (int i = 0; i < 17; i++) {
            Map<String, Integer> weights = new HashMap<>();
            for (int token = 0; token < vocabularySize; token++) {
                if (random.nextInt(4) == 0) {
                    weights.put("t" + token, 1 + random.nextInt(255));
                }
            }
            corpus.add("whole", SparseVector.of(weights));
        }
        BlockMaxReader blocks = duel(corpus, random, vocabularySize, 3, "wide offsets");
        assertEquals(Integer.BYTES, blocks.recordLayout().offsetBytes());
    }

    @Test
    void scoresAreTheSameWhereKeysAreWide() throws IOException {
        Random random = Seed.random(720);
        Corpus corpus = new Corpus();
        int vocabularySize = 140_000;
        for (int i = 0; i < 1_000; i++) {
            Map<String, Integer> weights = new HashMap<>();
            for (int token = i; token < vocabularySize; token += 1_000) {
                weights.put("t" + token, 1 + random.nextInt(255));
            }
            corpus.add("whole", SparseVector.of(weights));
        }
        BlockMaxReader blocks = duel(corpus, random, vocabularySize, 3, "wide keys");
        assertEquals(4, blocks.recordLayout().rareEntryBytes());
    }

    private BlockMaxReader duel(Corpus corpus, Random random, int vocabularySize, int blockShift, String what)
            throws IOException {
        RecordKernels scalar = new ScalarRecordKernels();
        List<RecordKernels> challengers = Stream.of(256, 512)
                .filter(bits -> bits <= SimdKernels.widestBits())
                .map(SimdRecordKernels::ofWidth)
                .toList();
        try (IndexReader reader = corpus.index(directory.resolve(what), new BlockMaxOptions(0, blockShift))) {
            SegmentReader segment = reader.segments().getFirst();
            RecordTerms terms = new RecordTerms();
            int[] expected = new int[RecordKernels.DOCUMENTS];
            int[] actual = new int[RecordKernels.DOCUMENTS];
            boolean matched = false;
            for (int query = 0; query < 4; query++) {
                SparseVector vector = Corpus.vector(random, vocabularySize, 200, u -> 1 + (int) (60_000 * u));
                SegmentTerms resolved = new SegmentTerms();
                resolved.resolve(segment, QueryPlan.of(SparseQuery.of("whole", vector), reader.fields()));
                terms.reset(segment.blockMax(), resolved);
                for (int block = 0; block < segment.blockMax().blockCount(); block++) {
                    byte[] record = record(segment.blockMax(), block, random);
                    int threshold = random.nextInt(3) == 0 ? 0 : random.nextInt(4_000_000);
                    String input = what + ", query " + query + ", block " + block + Seed.describe();
                    int masks = scalar.score(record, 5, terms, threshold, expected);
                    for (RecordKernels simd : challengers) {
                        assertEquals(masks, simd.score(record, 5, terms, threshold, actual), input);
                        assertArrayEquals(expected, actual, input);
                    }
                    assertEquals(0, RecordKernels.candidates(masks) & ~RecordKernels.matches(masks), input);
                    matched |= masks != 0;
                }
            }
            assertTrue(matched, what);
            return segment.blockMax();
        }
    }

    /** A copy at 5, with noise around it that must not matter. */
    private static byte[] record(BlockMaxReader blocks, int block, Random random) {
        long start = blocks.recordStart(block);
        int length = (int) (blocks.recordStart(block + 1) - start);
        byte[] record = new byte[5 + length + PADDING_BYTES];
        random.nextBytes(record);
        MemorySegment.copy(blocks.records(), ValueLayout.JAVA_BYTE, start, record, 5, length);
        return record;
    }
}
