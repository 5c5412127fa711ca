package io.skiff.bench.encoder;

import ai.onnxruntime.OrtException;
import io.skiff.encoder.onnx.EncoderStages;
import io.skiff.encoder.onnx.ExecutionOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A head and its pooling, 384 hidden dimensions to 30,522 tokens: in the graph by tiles or behind it, or in Java. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xmx3g"})
public class PoolingBenchmark {
    private static final long SEED = 7;
    private static final int HIDDEN = 384;

    /** Where the pooling is done. */
    @Param({"tiled", "tail", "naive"})
    public String pooling;

    /** Texts in the batch. */
    @Param("32")
    public int batch;

    /** Tokens of each text. */
    @Param("256")
    public int positions;

    /** Tokens of the vocabulary. */
    @Param("30522")
    public int vocabulary;

    /** Threads of ONNX Runtime. */
    @Param("1")
    public int threads;

    private final Arena arena = Arena.ofShared();
    private Path folder;
    private EncoderStages stages;
    private NaivePooling naive;
    private List<long[]> ids;
    private MemorySegment output;

    /** Writes the model and opens it. */
    @Setup
    public void setUp() throws IOException, OrtException {
        folder = Files.createTempDirectory("skiff-pooling");
        new SyntheticModel(vocabulary, HIDDEN).write(folder);
        SplittableRandom random = new SplittableRandom(SEED);
        ids = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            ids.add(random.longs(positions, 0, vocabulary).toArray());
        }
        if (pooling.equals("naive")) {
            naive = new NaivePooling(folder.resolve("model.onnx"), threads);
        } else {
            stages = EncoderStages.open(
                    folder, new ExecutionOptions(ExecutionOptions.Provider.CPU, 0, threads), pooling.equals("tiled"));
            output = arena.allocate(stages.outputBytes(batch), Long.BYTES);
        }
    }

    /** Frees the model and removes it. */
    @TearDown(Level.Trial)
    public void tearDown() throws IOException, OrtException {
        if (naive != null) {
            naive.close();
        } else {
            stages.close();
        }
        arena.close();
        try (var files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** One batch, to weights over the vocabulary. */
    @Benchmark
    public Object pool() throws OrtException {
        if (naive != null) {
            return naive.pool(ids);
        }
        stages.pool(ids, output);
        return output;
    }

    /** The weight of a token of a text, after {@link #pool}. */
    static float weight(Object pooled, int text, int token, int vocabulary) {
        return pooled instanceof float[][] weights
                ? weights[text][token]
                : ((MemorySegment) pooled).getAtIndex(ValueLayout.JAVA_FLOAT, (long) text * vocabulary + token);
    }
}
