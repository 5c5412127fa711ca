package io.skiff.encoder.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model that runs, from batches of token ids to weights over the vocabulary. Safe for use by several threads. */
final class PoolingSession implements AutoCloseable {
    /** Largest ONNX file: ONNX Runtime takes a model in memory as one ByteBuffer. Larger models keep weights outside. */
    private static final long MAX_MODEL_BYTES = Integer.MAX_VALUE - (1L << 20);

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final OrtSession.RunOptions runOptions;
    private final ExecutionOptions.Provider provider;
    private final ModelGraph graph;
    private final PooledModel.Form form;
    private final Activation activation;
    private final int outputWidth;

    private PoolingSession(SessionFactory.Opened opened, ModelGraph graph, PooledModel.Form form, Activation activation)
            throws IOException {
        this.session = opened.session();
        this.runOptions = runOptions();
        this.provider = opened.provider();
        this.graph = graph;
        this.form = form;
        this.activation = activation;
        this.outputWidth = measureWidth();
    }

    /**
     * Opens a model and puts the pooling into its graph.
     *
     * @param tiled whether the head may be computed in tiles; false only for comparison
     * @throws IOException if the file is no model, no sparse encoder, or cannot be run
     */
    static PoolingSession open(
            Path file, int vocabularySize, ModelSettings settings, ExecutionOptions options, boolean tiled)
            throws IOException {
        return open(file, vocabularySize, settings, options, tiled, false);
    }

    /**
     * Opens a model to tell, in place of the weight of each column, the position that its largest logit is at.
     *
     * @throws IOException as {@link #open}, and if the model pools already
     */
    static PoolingSession openPositions(Path file, int vocabularySize, ModelSettings settings, ExecutionOptions options)
            throws IOException {
        return open(file, vocabularySize, settings, options, true, true);
    }

    private static PoolingSession open(
            Path file,
            int vocabularySize,
            ModelSettings settings,
            ExecutionOptions options,
            boolean tiled,
            boolean positions)
            throws IOException {
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > MAX_MODEL_BYTES) {
                throw new IOException(
                        file + ": " + channel.size() + " bytes; export the model with its weights as external"
                                + " data, an ONNX file itself cannot exceed 2 GiB");
            }
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            OnnxModel model;
            ModelGraph graph;
            try {
                model = OnnxModel.parse(bytes);
                graph = ModelGraph.of(model, vocabularySize);
            } catch (MalformedModelException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
            Activation activation =
                    settings.activation().orElse(graph.pooled() ? Activation.NONE : Activation.LOG1P_RELU);
            String mask = graph.mask().name();
            PooledModel.Rewritten rewritten;
            if (positions && graph.pooled()) {
                throw new IOException(file + ": it pools by itself, which leaves no positions to tell");
            } else if (positions) {
                rewritten = PooledModel.positionsOfLogits(bytes, model, graph.output(), mask, arena);
            } else if (graph.pooled()) {
                rewritten = PooledModel.ofPooled(bytes, model, graph.output(), activation, arena);
            } else {
                rewritten = PooledModel.ofLogits(
                        bytes, model, graph.output(), mask, settings.pooling(), activation, tiled, arena);
            }
            Path folder = file.toAbsolutePath().getParent();
            SessionFactory.Opened opened = SessionFactory.open(rewritten.bytes(), folder, options);
            try {
                return new PoolingSession(opened, graph, rewritten.form(), activation);
            } catch (IOException | RuntimeException e) {
                closeQuietly(opened.session(), e);
                throw e;
            }
        }
    }

    ExecutionOptions.Provider provider() {
        return provider;
    }

    ModelGraph graph() {
        return graph;
    }

    PooledModel.Form form() {
        return form;
    }

    Activation activation() {
        return activation;
    }

    /** The width of a row of the output: the vocabulary, perhaps padded. */
    int outputWidth() {
        return outputWidth;
    }

    /** Bytes of output that {@link #run} needs for a batch. */
    long outputBytes(int batch) {
        return (long) batch * outputWidth * Float.BYTES;
    }

    /**
     * Runs one batch.
     *
     * @param ids token ids of each text, none empty; shorter ones are padded
     * @param output receives [batch, {@link #outputWidth()}] floats; at least {@link #outputBytes} bytes, native memory
     */
    void run(List<long[]> ids, MemorySegment output) throws OrtException {
        try (Arena arena = Arena.ofConfined();
                Inputs inputs = inputs(ids, arena);
                OnnxTensor result = OnnxTensor.createTensor(
                        environment,
                        output.asSlice(0, outputBytes(ids.size()))
                                .asByteBuffer()
                                .order(ByteOrder.nativeOrder())
                                .asFloatBuffer(),
                        new long[] {ids.size(), outputWidth})) {
            session.run(inputs.byName(), Set.of(), Map.of(PooledModel.OUTPUT, result), runOptions)
                    .close();
        }
    }

    /** The width that the model gives for a text of one token; the graph need not declare it. */
    private int measureWidth() throws IOException {
        try (Arena arena = Arena.ofConfined();
                Inputs inputs = inputs(List.of(new long[] {0}), arena);
                OrtSession.Result result = session.run(inputs.byName())) {
            long[] shape = ((OnnxTensor) result.get(0)).getInfo().getShape();
            if (shape.length != 2 || shape[0] != 1) {
                throw new IOException(
                        "the model pools to shape " + Arrays.toString(shape) + ", expected [batch, vocabulary]");
            }
            return Math.toIntExact(shape[1]);
        } catch (OrtException e) {
            throw new IOException("the model does not run on a text of one token: " + e.getMessage(), e);
        }
    }

    /** What the model is fed, under the names that its graph gives them. */
    private record Inputs(Map<String, OnnxTensor> byName) implements AutoCloseable {
        @Override
        public void close() {
            byName.values().forEach(OnnxTensor::close);
        }
    }

    private Inputs inputs(List<long[]> ids, Arena arena) throws OrtException {
        int positions = ids.stream().mapToInt(row -> row.length).max().orElseThrow();
        long[] shape = {ids.size(), positions};
        Inputs inputs = new Inputs(new HashMap<>());
        try {
            inputs.byName().put(graph.ids().name(), tensor(graph.ids(), ids, shape, arena, true));
            inputs.byName().put(graph.mask().name(), tensor(graph.mask(), ids, shape, arena, false));
            if (graph.types().isPresent()) {
                TensorInfo types = graph.types().get();
                inputs.byName().put(types.name(), tensor(types, List.of(), shape, arena, true));
            }
            return inputs;
        } catch (OrtException | RuntimeException e) {
            inputs.close();
            throw e;
        }
    }

    /** The ids, padded with 0, or their mask, in the type that the input has; no ids at all make zeros. */
    private OnnxTensor tensor(TensorInfo input, List<long[]> ids, long[] shape, Arena arena, boolean values)
            throws OrtException {
        long positions = shape[1];
        boolean wide = input.type() == ElementType.INT64;
        MemorySegment memory = arena.allocate(shape[0] * positions * (wide ? Long.BYTES : Integer.BYTES), Long.BYTES);
        for (int row = 0; row < ids.size(); row++) {
            long[] text = ids.get(row);
            for (int position = 0; position < text.length; position++) {
                long value = values ? text[position] : 1;
                long index = row * positions + position;
                if (wide) {
                    memory.setAtIndex(ValueLayout.JAVA_LONG, index, value);
                } else {
                    memory.setAtIndex(ValueLayout.JAVA_INT, index, (int) value);
                }
            }
        }
        var buffer = memory.asByteBuffer().order(ByteOrder.nativeOrder());
        return wide
                ? OnnxTensor.createTensor(environment, buffer.asLongBuffer(), shape)
                : OnnxTensor.createTensor(environment, buffer.asIntBuffer(), shape);
    }

    /** Makes runs that are under way, and later ones, fail as soon as they can. */
    void terminate() {
        try {
            runOptions.setTerminate(true);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot stop a run: " + e.getMessage(), e);
        }
    }

    private static OrtSession.RunOptions runOptions() throws IOException {
        try {
            return new OrtSession.RunOptions();
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime has no options for a run: " + e.getMessage(), e);
        }
    }

    /** Nothing may be running. */
    @Override
    public void close() {
        runOptions.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close a session: " + e.getMessage(), e);
        }
    }

    private static void closeQuietly(OrtSession session, Exception cause) {
        try {
            session.close();
        } catch (OrtException e) {
            cause.addSuppressed(e);
        }
    }
}
