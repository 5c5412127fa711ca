package io.skiff.bench.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.SparseVector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured is right: every way gives the same on the benchmarks' own states. */
final class EncoderBenchmarksTest {
    private static final int VOCABULARY = 2_000;

    @Test
    void everyPoolingGivesTheSameWeights() throws Exception {
        List<Object> pooled = new ArrayList<>();
        List<PoolingBenchmark> benchmarks = new ArrayList<>();
        for (String pooling : List.of("naive", "tail", "tiled")) {
            PoolingBenchmark benchmark = new PoolingBenchmark();
            benchmark.pooling = pooling;
            benchmark.batch = 3;
            benchmark.positions = 9;
            benchmark.vocabulary = VOCABULARY;
            benchmark.threads = 1;
            benchmark.setUp();
            benchmarks.add(benchmark);
            pooled.add(benchmark.pool());
        }
        int active = 0;
        for (int text = 0; text < 3; text++) {
            for (int token = 0; token < VOCABULARY; token++) {
                float naive = PoolingBenchmark.weight(pooled.get(0), text, token, VOCABULARY);
                active += naive > 0 ? 1 : 0;
                assertEquals(naive, PoolingBenchmark.weight(pooled.get(1), text, token, VOCABULARY), 1e-5);
                assertEquals(naive, PoolingBenchmark.weight(pooled.get(2), text, token, VOCABULARY), 1e-5);
            }
        }
        for (PoolingBenchmark benchmark : benchmarks) {
            benchmark.tearDown();
        }
        assertTrue(active > 0 && active < 3 * VOCABULARY, active + " active");
    }

    @Test
    void bothSparsifiersGiveTheSameVector() throws Exception {
        List<SparseVector> vectors = new ArrayList<>();
        for (boolean vectorized : List.of(true, false)) {
            SparsifierBenchmark benchmark = new SparsifierBenchmark();
            benchmark.vectorized = vectorized;
            benchmark.activeTerms = 50;
            benchmark.setUp();
            vectors.add(benchmark.sparsify());
            benchmark.tearDown();
        }
        assertEquals(50, vectors.getFirst().size());
        assertEquals(vectors.getFirst(), vectors.getLast());
    }

    @Test
    void aPassageHasTokensAndALongTextIsCut() throws Exception {
        for (int words : List.of(6, 150_000)) {
            TokenizerBenchmark benchmark = new TokenizerBenchmark();
            benchmark.words = words;
            benchmark.setUp();
            int tokens = benchmark.tokenize().length;
            benchmark.tearDown();
            assertTrue(
                    words == 6 ? tokens >= 8 && tokens < 60 : tokens == 512, words + " words, " + tokens + " tokens");
        }
    }
}
