package io.skiff.bench.encoder;

import io.skiff.encoder.onnx.EncoderStages;
import io.skiff.encoder.onnx.ExecutionOptions;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A row of 30,522 floats to a vector. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class SparsifierBenchmark {
    private static final int VOCABULARY = 30_522;
    private static final int HIDDEN = 4;
    private static final long SEED = 3;

    /** By the Vector API, or by its scalar twin. */
    @Param({"true", "false"})
    public boolean vectorized;

    /** Tokens with a weight. */
    @Param({"30", "200"})
    public int activeTerms;

    private final Arena arena = Arena.ofShared();
    private Path folder;
    private EncoderStages stages;
    private MemorySegment row;

    /** Deals the weights. */
    @Setup
    public void setUp() throws IOException {
        folder = Files.createTempDirectory("skiff-sparsifier");
        new SyntheticModel(VOCABULARY, HIDDEN).write(folder);
        stages = EncoderStages.open(folder, new ExecutionOptions(ExecutionOptions.Provider.CPU, 0, 1), true);
        row = arena.allocate(stages.outputBytes(1), Long.BYTES);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int dealt = 0; dealt < activeTerms; ) {
            int token = random.nextInt(VOCABULARY);
            if (row.getAtIndex(ValueLayout.JAVA_FLOAT, token) == 0) {
                row.setAtIndex(ValueLayout.JAVA_FLOAT, token, 0.1f + random.nextFloat());
                dealt++;
            }
        }
    }

    /** Removes the model. */
    @TearDown
    public void tearDown() throws IOException {
        stages.close();
        arena.close();
        Files.delete(folder.resolve("model.onnx"));
        Files.delete(folder.resolve("vocab.txt"));
        Files.delete(folder);
    }

    /** One row. */
    @Benchmark
    public SparseVector sparsify() {
        return stages.sparsify(row, 0, vectorized);
    }
}
