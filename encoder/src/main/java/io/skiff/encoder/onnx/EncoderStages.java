package io.skiff.encoder.onnx;

import ai.onnxruntime.OrtException;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/** The stages of {@link OnnxEncoder} one by one, for benchmarks. */
public final class EncoderStages implements AutoCloseable {
    private final TextTokenizer tokenizer;
    private final PoolingSession model;
    private final Sparsifier scalar;
    private final Sparsifier simd;

    private EncoderStages(Vocabulary vocabulary, TextTokenizer tokenizer, PoolingSession model) {
        this.tokenizer = tokenizer;
        this.model = model;
        BitSet none = new BitSet();
        this.scalar = new Sparsifier(vocabulary, none, model.outputWidth(), 0, 0, new ScalarWeightScan());
        this.simd = new Sparsifier(vocabulary, none, model.outputWidth(), 0, 0, new SimdWeightScan());
    }

    /**
     * Opens a model's folder.
     *
     * @param tiled whether the head may be computed in tiles
     * @throws IOException as {@link OnnxEncoder#open} does
     */
    public static EncoderStages open(Path folder, ExecutionOptions execution, boolean tiled) throws IOException {
        ModelFolder files = ModelFolder.open(folder);
        Vocabulary vocabulary = Vocabulary.read(files.tokenizer());
        TextTokenizer tokenizer = new TextTokenizer(vocabulary, files.settings().maxLength());
        try {
            PoolingSession model = PoolingSession.open(
                    files.model().orElseThrow(), vocabulary.tokens().length, files.settings(), execution, tiled);
            return new EncoderStages(vocabulary, tokenizer, model);
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** The token ids of a text. */
    public long[] tokenize(String text) {
        return tokenizer.ids(text);
    }

    /** Bytes that {@link #pool} writes for a batch. */
    public long outputBytes(int batch) {
        return model.outputBytes(batch);
    }

    /**
     * Runs the model and the pooling inside its graph.
     *
     * @param ids of each text of a batch, none empty
     * @param output receives floats [batch, vocabulary]; native memory
     */
    public void pool(List<long[]> ids, MemorySegment output) throws OrtException {
        model.run(ids, output);
    }

    /** The vector of a row of {@link #pool}'s output, by the Vector API or by its scalar twin. */
    public SparseVector sparsify(MemorySegment rows, int row, boolean vectorized) {
        return (vectorized ? simd : scalar).vector(rows, row);
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
