package io.skiff.bench.encoder;

import io.skiff.encoder.onnx.EncoderStages;
import io.skiff.encoder.onnx.ExecutionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Text to token ids: a query, a passage, and a text of a megabyte of which only the beginning is read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class TokenizerBenchmark {
    private static final int VOCABULARY = 30_522;
    private static final int HIDDEN = 4;

    /** Words of the text. */
    @Param({"6", "150", "150000"})
    public int words;

    private Path folder;
    private EncoderStages stages;
    private String text;

    /** Makes the vocabulary and the text. */
    @Setup
    public void setUp() throws IOException {
        folder = Files.createTempDirectory("skiff-tokenizer");
        SyntheticModel model = new SyntheticModel(VOCABULARY, HIDDEN);
        model.write(folder);
        stages = EncoderStages.open(folder, new ExecutionOptions(ExecutionOptions.Provider.CPU, 0, 1), true);
        text = model.text(words, 1);
    }

    /** Removes the model. */
    @TearDown
    public void tearDown() throws IOException {
        stages.close();
        Files.delete(folder.resolve("model.onnx"));
        Files.delete(folder.resolve("vocab.txt"));
        Files.delete(folder);
    }

    /** One text. */
    @Benchmark
    public long[] tokenize() {
        return stages.tokenize(text);
    }
}
