package io.skiff.bench.kernel;

import io.skiff.scoring.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.Warmup;

/** The scan of one score array for matches and for the documents above the 100th score. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ScanBenchmark {
    private static final long SEED = 42;
    private static final int CANDIDATES = 100;

    /** The kernels measured. */
    @Param({"scalar", "simd"})
    public String kernels;

    /** Documents in the segment. */
    @Param({"100000", "1000000"})
    public int size;

    /** Share of the documents that match. */
    @Param({"0.01", "0.1", "0.5"})
    public double hitShare;

    private Kernels chosen;
    private int[] scores;
    private int threshold;
    private int[] candidates;

    /** Deals the scores. */
    @Setup
    public void setUp() {
        chosen = Kernels.named(kernels);
        SplittableRandom random = new SplittableRandom(SEED);
        scores = new int[size];
        for (int i = 0; i < size; i++) {
            scores[i] = random.nextDouble() < hitShare ? random.nextInt(1, 1 << 20) : 0;
        }
        int[] sorted = scores.clone();
        Arrays.sort(sorted);
        threshold = sorted[Math.max(0, size - 1 - CANDIDATES)];
        candidates = new int[size];
    }

    /** One scan. */
    @Benchmark
    public long scan() {
        return chosen.scan(scores, 0, size, threshold, candidates);
    }

    /** The documents that the last scan has found. */
    int[] candidates(long counts) {
        return Arrays.copyOf(candidates, Kernels.candidateCount(counts));
    }
}
