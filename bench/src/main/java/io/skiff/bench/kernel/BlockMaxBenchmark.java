package io.skiff.bench.kernel;

import io.skiff.scoring.BlockMaxSteps;
import io.skiff.scoring.Kernels;
import java.io.IOException;
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

/** The steps of a search by block bounds, of one query again and again: what they cost where the cache has everything. */
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
public class BlockMaxBenchmark {
    /** Blocks that are put in order and scored, or about so many. */
    private static final int BLOCKS = 100;

    /** The kernels measured. */
    @Param({"scalar", "simd"})
    public String kernels;

    /** Documents in the index, some 120 postings each. */
    @Param("100000")
    public int documents;

    private SyntheticIndex index;
    private BlockMaxSteps steps;
    private int next;
    private int scoredCount;

    /** Builds the index and goes through all steps once. */
    @Setup
    public void setUp() throws IOException {
        index = new SyntheticIndex(documents);
        steps = new BlockMaxSteps(index.reader(), index.queries(), Kernels.named(kernels));
        prepare(0);
    }

    /** Makes a query the one that is measured; returns how many of its best blocks are scored. */
    int prepare(int query) {
        steps.resolve(query);
        steps.sumBounds();
        scoredCount = Math.min(BLOCKS, steps.order(BLOCKS));
        return scoredCount;
    }

    /** Removes the index. */
    @TearDown
    public void tearDown() throws IOException {
        index.close();
    }

    /** The terms of one query after the other. */
    @Benchmark
    public int resolve() {
        next = (next + 1) % index.queries().size();
        return steps.resolve(next);
    }

    /** The bounds of all blocks. */
    @Benchmark
    public void sumBounds() {
        steps.sumBounds();
    }

    /** The blocks of the highest bounds. */
    @Benchmark
    public int order() {
        return steps.order(BLOCKS);
    }

    /** The documents of the blocks. */
    @Benchmark
    public long score() {
        return steps.score(scoredCount);
    }
}
