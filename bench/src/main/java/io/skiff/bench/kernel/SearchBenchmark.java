package io.skiff.bench.kernel;

import io.skiff.scoring.Kernels;
import io.skiff.scoring.SearchStrategy;
import io.skiff.scoring.Searcher;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole search over an index of made-up documents that have topics, the queries taking turns so that caches are cold for
 * each. One way and one kind of kernels at a time: by blocks that is the bounds pass, the order and the scoring of blocks.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"
        })
public class SearchBenchmark {
    /** The kernels measured. */
    @Param({"scalar", "simd"})
    public String kernels;

    /** The way measured. */
    @Param({"EXHAUSTIVE", "BLOCK_MAX"})
    public SearchStrategy strategy;

    /** Documents in the index, some 120 postings each. */
    @Param("200000")
    public int documents;

    /** Hits asked for. */
    @Param({"10", "100", "1000"})
    public int k;

    private SyntheticIndex index;
    private Searcher searcher;
    private List<SparseQuery> queries;
    private int next;

    /** Builds the index. */
    @Setup
    public void setUp() throws IOException {
        index = new SyntheticIndex(documents);
        queries = index.queries();
        searcher = new Searcher(index.reader(), Kernels.named(kernels), strategy);
    }

    /** Removes the index. */
    @TearDown
    public void tearDown() throws IOException {
        index.close();
    }

    /** One search. */
    @Benchmark
    public TopDocs search() {
        next = (next + 1) % queries.size();
        return searcher.search(queries.get(next), k);
    }
}
