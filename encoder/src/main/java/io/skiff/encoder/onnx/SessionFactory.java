package io.skiff.encoder.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens ONNX Runtime sessions on the device that was asked for, or the best one. */
final class SessionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(SessionFactory.class);

    /** Where ONNX Runtime looks for weights outside of a model that it was given as bytes. */
    private static final String EXTERNAL_WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path";

    private static final AtomicBoolean FALL_BACK_TOLD = new AtomicBoolean();

    private SessionFactory() {}

    /** A session and the device that it runs on. */
    record Opened(OrtSession session, ExecutionOptions.Provider provider) {}

    /**
     * Opens a session on a model in memory.
     *
     * @param folder where the model's external data lies
     * @throws IOException if the model cannot be run, or not on the device that was explicitly asked for
     */
    static Opened open(MemorySegment model, Path folder, ExecutionOptions options) throws IOException {
        ExecutionOptions.Provider wanted = options.provider();
        if (wanted == ExecutionOptions.Provider.AUTO) {
            Optional<String> obstacle = CudaProbe.obstacle();
            if (obstacle.isEmpty()) {
                try {
                    return open(model, folder, options, ExecutionOptions.Provider.CUDA);
                } catch (IOException e) {
                    obstacle = Optional.of(e.getMessage());
                }
            }
            if (!FALL_BACK_TOLD.getAndSet(true)) {
                LOG.info("encoding on the CPU: {}", obstacle.get());
            }
            wanted = ExecutionOptions.Provider.CPU;
        } else if (wanted != ExecutionOptions.Provider.CPU) {
            Optional<String> obstacle = CudaProbe.obstacle();
            if (obstacle.isPresent()) {
                throw new IOException("provider " + wanted + " cannot be had: " + obstacle.get());
            }
        }
        return open(model, folder, options, wanted);
    }

    private static Opened open(
            MemorySegment model, Path folder, ExecutionOptions options, ExecutionOptions.Provider provider)
            throws IOException {
        try (SessionOptions session = new SessionOptions()) {
            session.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            session.setIntraOpNumThreads(options.threads());
            // Warnings are about what rewriting leaves unused in the graph, which is meant.
            session.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            // Batches hardly ever repeat a shape, and a pattern is kept for each.
            session.setMemoryPatternOptimization(false);
            session.addConfigEntry(
                    EXTERNAL_WEIGHTS_FOLDER, folder.toAbsolutePath().toString());
            switch (provider) {
                case CUDA -> session.addCUDA(options.deviceId());
                case TENSORRT -> {
                    session.addTensorrt(options.deviceId());
                    session.addCUDA(options.deviceId());
                }
                case CPU, AUTO -> {
                    // What is left when no other device is added.
                }
            }
            return new Opened(
                    OrtEnvironment.getEnvironment()
                            .createSession(model.asByteBuffer().order(ByteOrder.nativeOrder()), session),
                    provider);
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime cannot open the model in " + folder + ": " + e.getMessage(), e);
        }
    }
}
