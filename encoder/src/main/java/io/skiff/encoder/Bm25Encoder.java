package io.skiff.encoder;

import io.skiff.index.FieldStatistics;
import io.skiff.index.Quantizer;
import io.skiff.index.SparseVector;
import java.util.List;
import java.util.Map;

/**
 * BM25 as a sparse encoder: a document's weight is its saturated term frequency, a query's the token's idf, so that
 * their dot product is the BM25 score.
 */
public final class Bm25Encoder implements SparseEncoder {
    /**
     * The parameters of BM25.
     *
     * @param k1 saturation, 0 or more
     * @param b length normalization, 0..1
     */
    public record Parameters(float k1, float b) {
        /** The defaults of Anserini and of the published BEIR baselines. */
        public static final Parameters DEFAULT = new Parameters(0.9f, 0.4f);
    }

    private Bm25Encoder() {}

    /**
     * An encoder for a collection whose average document has {@code averageLength} tokens after analysis.
     */
    public static Bm25Encoder of(Parameters parameters, float averageLength) {
        throw new UnsupportedOperationException("not yet");
    }

    /** An encoder whose average length is that of {@code texts}, a sample of the collection. */
    public static Bm25Encoder calibratedOn(Parameters parameters, Iterable<String> texts) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The scale on which every weight of this encoder has its place: no calibration over documents is needed. */
    public Quantizer quantizer() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public String name() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public List<SparseVector> encodeDocuments(List<String> texts) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public SparseVector encodeQuery(String text, FieldStatistics statistics) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public Map<String, String> attributes() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {}
}
