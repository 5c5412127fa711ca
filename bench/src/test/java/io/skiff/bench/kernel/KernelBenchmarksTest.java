package io.skiff.bench.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.scoring.Kernels;
import io.skiff.scoring.TopDocs;
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
        List<TopDocs> scalar = search("scalar");
        assertEquals(scalar, search("simd"));
        assertTrue(scalar.stream().allMatch(topDocs -> topDocs.hits().size() == 10));
    }

    private static List<TopDocs> search(String kernels) throws IOException {
        SearchBenchmark benchmark = new SearchBenchmark();
        benchmark.kernels = kernels;
        benchmark.documents = 1_000;
        benchmark.k = 10;
        benchmark.setUp();
        List<TopDocs> results = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            results.add(benchmark.search());
        }
        benchmark.tearDown();
        return results;
    }
}
