package io.skiff.server.collection;

import io.skiff.encoder.Encoders;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.onnx.ExecutionOptions;
import io.skiff.encoder.onnx.OnnxEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The encoders that fields remember, each opened once however many fields have it. Safe for use by several threads. */
public final class EncoderPool implements AutoCloseable {
    private final Optional<Path> modelFolder;
    private final ExecutionOptions execution;
    private final Map<Map<String, String>, SparseEncoder> opened = new HashMap<>();

    /**
     * An empty pool.
     *
     * @param modelFolder the model for fields that a model made, instead of the one that they remember; it must have the
     *     same vocabulary
     * @param execution where models are to run
     */
    public EncoderPool(Optional<Path> modelFolder, ExecutionOptions execution) {
        this.modelFolder = modelFolder;
        this.execution = execution;
    }

    /** Models where fields remember them, on the best device. */
    public EncoderPool() {
        this(Optional.empty(), ExecutionOptions.DEFAULT);
    }

    /**
     * The encoder that a field remembers; the pool closes it.
     *
     * @throws IllegalArgumentException if the attributes name no encoder of this version
     * @throws IOException if they name a model that cannot be opened, or is another one than that which wrote the field
     */
    synchronized SparseEncoder open(Map<String, String> attributes) throws IOException {
        String name = attributes.get(Encoders.ENCODER_ATTRIBUTE);
        Map<String, String> ofEncoder = new TreeMap<>(attributes);
        ofEncoder.keySet().removeIf(key -> !key.equals(Encoders.ENCODER_ATTRIBUTE) && !key.startsWith(name + "."));
        SparseEncoder encoder = opened.get(ofEncoder);
        if (encoder == null) {
            Optional<Path> folder = modelFolder.filter(given -> OnnxEncoder.NAME.equals(name));
            encoder = Encoders.ofAttributes(attributes, folder, execution);
            opened.put(ofEncoder, encoder);
        }
        return encoder;
    }

    /** Closes every encoder. */
    @Override
    public synchronized void close() {
        opened.values().forEach(SparseEncoder::close);
        opened.clear();
    }
}
