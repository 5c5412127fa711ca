package io.skiff.encoder.onnx;

import ai.onnxruntime.OrtException;
import io.skiff.encoder.EncodingException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Tells at which position of a text the weight of a token was made: where its logit is largest. Safe for use by several
 * threads.
 *
 * <p>The model is opened once more for it, when first asked, as ONNX Runtime runs all of a graph or nothing: pooling would
 * pay for the positions with every text.
 */
final class PositionFinder implements AutoCloseable {
    private final ModelFolder folder;
    private final int vocabularySize;
    private final ExecutionOptions execution;
    private PoolingSession session;

    PositionFinder(ModelFolder folder, int vocabularySize, ExecutionOptions execution) {
        this.folder = folder;
        this.vocabularySize = vocabularySize;
        this.execution = execution;
    }

    /**
     * The positions of some tokens.
     *
     * @param ids of the text's tokens, at least one
     * @param wanted ids of the tokens asked for
     * @throws EncodingException if the model cannot be opened or fails
     */
    int[] positions(long[] ids, int[] wanted) {
        PoolingSession model = session();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment row = arena.allocate(model.outputBytes(1), Float.BYTES);
            model.run(List.of(ids), row);
            int[] positions = new int[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                positions[i] = (int) row.getAtIndex(ValueLayout.JAVA_FLOAT, wanted[i]);
            }
            return positions;
        } catch (OrtException e) {
            throw new EncodingException("the model failed: " + e.getMessage(), EncodingException.NO_TEXT, e);
        }
    }

    private synchronized PoolingSession session() {
        if (session == null) {
            try {
                session = PoolingSession.openPositions(
                        folder.model().orElseThrow(), vocabularySize, folder.settings(), execution);
            } catch (IOException e) {
                throw new EncodingException(e.getMessage(), EncodingException.NO_TEXT, e);
            }
        }
        return session;
    }

    /** Makes runs that are under way fail as soon as they can. */
    synchronized void terminate() {
        if (session != null) {
            session.terminate();
        }
    }

    /** Nothing may be running. */
    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
        }
    }
}
