package io.skiff.bench.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.scoring.BlockMaxSteps;
import io.skiff.scoring.Hit;
import io.skiff.scoring.Kernels;
import io.skiff.scoring.SearchStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured is right: both twins do the same work on the benchmarks' own states. */
final class KernelBenchmarksTest {
    @Test
    void scansFindTheSame() {
        ScanBenchmark scalar = scan("scalar");
        ScanBenchmark simd = scan("simd");
        long counts = scalar.scan();
        assertEquals(counts, simd.scan());
        assertArrayEquals(scalar.candidates(counts), simd.candidates(counts));
        assertEquals(100, Kernels.candidateCount(counts), 5);
        assertEquals(10_000, Kernels.matchCount(counts), 500);
    }

    private static ScanBenchmark scan(String kernels) {
        ScanBenchmark benchmark = new ScanBenchmark();
        benchmark.kernels = kernels;
        benchmark.size = 100_003;
        benchmark.hitShare = .1;
        benchmark.setUp();
        return benchmark;
    }

    @Test
    void searchesFindTheSame() throws IOException {
        List<List<Hit>> scalar = search("scalar", SearchStrategy.EXHAUSTIVE);
        assertEquals(scalar, search("simd", SearchStrategy.EXHAUSTIVE));
        assertEquals(scalar, search("scalar", SearchStrategy.BLOCK_MAX));
        assertEquals(scalar, search("simd", SearchStrategy.BLOCK_MAX));
        assertTrue(scalar.stream().allMatch(hits -> hits.size() == 10));
    }

    @Test
    void stepsComeToTheSame() throws IOException {
        List<Long> expected = steps("scalar");
        assertEquals(expected, steps("simd"));
        assertTrue(expected.stream().allMatch(sum -> sum > 0));
    }

    /** Of all blocks that have a token of the query: which come first depends on how the kernels round bounds. */
    private static List<Long> steps(String kernels) throws IOException {
        List<Long> results = new ArrayList<>();
        try (SyntheticIndex index = new SyntheticIndex(2_000)) {
            BlockMaxSteps steps = new BlockMaxSteps(index.reader(), index.queries(), Kernels.named(kernels));
            for (int query = 0; query < 20; query++) {
                steps.resolve(query);
                steps.sumBounds();
                int count = steps.order(1_000_000);
                results.add((long) count);
                results.add(steps.score(count));
            }
        }
        return results;
    }

    @Test
    void theFirstBlocksAreMeasured() throws IOException {
        BlockMaxBenchmark benchmark = new BlockMaxBenchmark();
        benchmark.kernels = "simd";
        benchmark.documents = 2_000;
        benchmark.setUp();
        for (int query = 0; query < 20; query++) {
            assertEquals(90, benchmark.prepare(query), 10);
            assertTrue(benchmark.score() > 0);
        }
        benchmark.tearDown();
    }

    private static List<List<Hit>> search(String kernels, SearchStrategy strategy) throws IOException {
        SearchBenchmark benchmark = new SearchBenchmark();
        benchmark.strategy = strategy;
        benchmark.kernels = kernels;
        benchmark.documents = 1_000;
        benchmark.k = 10;
        benchmark.setUp();
        List<List<Hit>> results = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            results.add(benchmark.search().hits());
        }
        benchmark.tearDown();
        return results;
    }
}
