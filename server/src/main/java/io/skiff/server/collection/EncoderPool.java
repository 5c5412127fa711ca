package io.skiff.server.collection;

import io.skiff.encoder.Encoders;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.onnx.ModelOptions;
import io.skiff.encoder.onnx.OnnxEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The encoders that fields remember, each opened once however many fields have it. Safe for use by several threads. */
public final class EncoderPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EncoderPool.class);

    private final ModelOptions models;
    private final Map<Map<String, String>, SparseEncoder> opened = new HashMap<>();
    private final Map<Path, SparseEncoder> byFolder = new HashMap<>();

    /**
     * An empty pool.
     *
     * @param models how models are opened; a folder in them is for every field that a model made, and for no other
     */
    public EncoderPool(ModelOptions models) {
        this.models = models;
    }

    /** Models where fields remember them, on the best device. */
    public EncoderPool() {
        this(ModelOptions.DEFAULT);
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
            encoder = Encoders.ofAttributes(attributes, OnnxEncoder.NAME.equals(name) ? models : ModelOptions.DEFAULT);
            opened.put(ofEncoder, encoder);
        }
        return encoder;
    }

    /**
     * The same, but something that fails wherever it is used in place of a model that cannot be opened.
     *
     * @param what has the encoder, for the log
     * @throws IllegalArgumentException if the attributes name no encoder of this version
     */
    SparseEncoder openOrMissing(Map<String, String> attributes, String what) {
        try {
            return open(attributes);
        } catch (IOException e) {
            String reason = what + ": the model cannot be opened: " + e.getMessage();
            LOG.error("{}; the rest of it is served, and restarting opens it again", reason);
            return new MissingModel(attributes, reason);
        }
    }

    /**
     * The model in a folder; the pool closes it.
     *
     * @throws IOException if it cannot be opened
     */
    synchronized SparseEncoder openModel(Path folder) throws IOException {
        SparseEncoder encoder = byFolder.get(folder);
        if (encoder == null) {
            encoder = OnnxEncoder.open(folder, models.execution(), models.queries());
            byFolder.put(folder, encoder);
            // Fields that remember it share it, unless they have opened it already.
            opened.putIfAbsent(encoder.attributes(), encoder);
        }
        return encoder;
    }

    /** Closes every encoder. */
    @Override
    public synchronized void close() {
        opened.values().forEach(SparseEncoder::close);
        byFolder.values().forEach(SparseEncoder::close);
        opened.clear();
        byFolder.clear();
    }
}
