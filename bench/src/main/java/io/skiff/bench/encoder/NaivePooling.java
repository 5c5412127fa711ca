package io.skiff.bench.encoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What is done without pooling in the graph: the logits of every position come to Java and are pooled there. */
final class NaivePooling implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    NaivePooling(Path model, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            session = environment.createSession(model.toString(), options);
        }
    }

    /** Weights [batch, vocabulary] of texts of equal length. */
    float[][] pool(List<long[]> ids) throws OrtException {
        long[][] masks = new long[ids.size()][];
        for (int i = 0; i < masks.length; i++) {
            masks[i] = new long[ids.get(i).length];
            Arrays.fill(masks[i], 1);
        }
        try (OnnxTensor input = OnnxTensor.createTensor(environment, ids.toArray(long[][]::new));
                OnnxTensor mask = OnnxTensor.createTensor(environment, masks);
                OrtSession.Result result = session.run(Map.of("input_ids", input, "attention_mask", mask))) {
            OnnxTensor logits = (OnnxTensor) result.get(0);
            long[] shape = logits.getInfo().getShape();
            return pool(logits.getFloatBuffer(), (int) shape[0], (int) shape[1], (int) shape[2]);
        }
    }

    private static float[][] pool(FloatBuffer logits, int batch, int positions, int vocabulary) {
        float[][] weights = new float[batch][vocabulary];
        float[] row = new float[vocabulary];
        for (int text = 0; text < batch; text++) {
            float[] largest = weights[text];
            for (int position = 0; position < positions; position++) {
                logits.get(row);
                for (int token = 0; token < vocabulary; token++) {
                    largest[token] = Math.max(largest[token], row[token]);
                }
            }
            for (int token = 0; token < vocabulary; token++) {
                largest[token] = largest[token] > 0 ? (float) Math.log1p(largest[token]) : 0;
            }
        }
        return weights;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
