package io.skiff.server.collection;

import io.skiff.encoder.EncodingException;
import io.skiff.encoder.SparseEncoder;
import io.skiff.index.FieldStatistics;
import io.skiff.index.SparseVector;
import java.util.List;
import java.util.Map;

/**
 * Stands for a model that could not be opened, so that all else of an index can be served: whatever needs the model
 * fails with the reason.
 */
final class MissingModel implements SparseEncoder {
    private final Map<String, String> attributes;
    private final String reason;

    /** In place of the encoder with these attributes. */
    MissingModel(Map<String, String> attributes, String reason) {
        this.attributes = Map.copyOf(attributes);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    @Override
    public String name() {
        return "missing";
    }

    @Override
    public List<SparseVector> encodeDocuments(List<String> texts) {
        throw failure();
    }

    @Override
    public SparseVector encodeQuery(String text, FieldStatistics statistics) {
        throw failure();
    }

    private EncodingException failure() {
        return new EncodingException(reason, EncodingException.NO_TEXT, null);
    }

    @Override
    public Map<String, String> attributes() {
        return attributes;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
