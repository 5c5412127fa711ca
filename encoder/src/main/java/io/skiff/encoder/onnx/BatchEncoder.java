package io.skiff.encoder.onnx;

import ai.onnxruntime.OrtException;
import io.skiff.encoder.EncodingException;
import io.skiff.index.SparseVector;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Runs a model over token ids of many texts: texts of like length together, so that little of a batch is padding, and no
 * batch of more memory than another. Safe for use by several threads.
 *
 * <p>Only so many runs go on at a time; the threads of the others tokenize and pick weights meanwhile, so that the model is
 * never waited for by more memory than that.
 */
final class BatchEncoder implements AutoCloseable {
    /** Most texts in one run of the model. */
    static final int MAX_BATCH_TEXTS = 32;

    /** Most positions, padding included, in one run: bounds memory whatever the lengths. */
    static final int MAX_BATCH_POSITIONS = 8192;

    private final PoolingSession model;
    private final Sparsifier sparsifier;
    private final Lifetime lifetime;
    private final OutputBuffers buffers;
    private final Semaphore runs;

    /**
     * An encoder over a model.
     *
     * @param runs how many runs may go on at a time
     * @param lifetime asked between batches whether to go on
     */
    BatchEncoder(PoolingSession model, Sparsifier sparsifier, int runs, Lifetime lifetime) {
        this.model = model;
        this.sparsifier = sparsifier;
        this.lifetime = lifetime;
        this.buffers = new OutputBuffers(model.outputBytes(MAX_BATCH_TEXTS));
        this.runs = new Semaphore(runs, true);
    }

    PoolingSession model() {
        return model;
    }

    /**
     * The vectors of some texts, in their order; no ids give an empty vector.
     *
     * @throws EncodingException if the model fails or gives what is no number; names the text by its position
     */
    SparseVector[] encode(List<long[]> ids) {
        int[] byLength = IntStream.range(0, ids.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> ids.get(i).length))
                .mapToInt(Integer::intValue)
                .toArray();
        SparseVector[] vectors = new SparseVector[byLength.length];
        int from = 0;
        while (from < byLength.length && ids.get(byLength[from]).length == 0) {
            vectors[byLength[from++]] = SparseVector.EMPTY;
        }
        while (from < byLength.length) {
            lifetime.verifyOpen();
            int to = batchEnd(ids, byLength, from);
            int[] batch = Arrays.copyOfRange(byLength, from, to);
            buffers.with(output -> {
                run(ids, batch, output);
                sparsify(batch, output, vectors);
                return null;
            });
            from = to;
        }
        return vectors;
    }

    private static int batchEnd(List<long[]> ids, int[] byLength, int from) {
        int to = from + 1;
        while (to < byLength.length
                && to - from < MAX_BATCH_TEXTS
                && (to - from + 1) * ids.get(byLength[to]).length <= MAX_BATCH_POSITIONS) {
            to++;
        }
        return to;
    }

    private void run(List<long[]> ids, int[] batch, MemorySegment output) {
        runs.acquireUninterruptibly();
        try {
            model.run(Arrays.stream(batch).mapToObj(ids::get).toList(), output);
        } catch (OrtException e) {
            lifetime.verifyOpen(); // A run that was told to stop fails, and the reason is then that.
            int text = batch.length == 1 ? batch[0] : EncodingException.NO_TEXT;
            throw new EncodingException("the model failed: " + e.getMessage(), text, e);
        } finally {
            runs.release();
        }
    }

    private void sparsify(int[] batch, MemorySegment output, SparseVector[] vectors) {
        for (int row = 0; row < batch.length; row++) {
            try {
                vectors[batch[row]] = sparsifier.vector(output, row);
            } catch (Sparsifier.NotANumberException e) {
                throw new EncodingException("the model gave " + e.getMessage(), batch[row], e);
            }
        }
    }

    @Override
    public void close() {
        model.close();
        buffers.close();
    }
}
