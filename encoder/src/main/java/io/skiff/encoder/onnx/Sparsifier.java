package io.skiff.encoder.onnx;

import io.skiff.encoder.HeaviestTokens;
import io.skiff.index.SparseVector;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/**
 * Picks the tokens with a weight out of a row of floats over the vocabulary. Safe for use by several threads.
 */
final class Sparsifier {
    private final Vocabulary vocabulary;
    private final BitSet masked;
    private final int width;
    private final float minWeight;
    private final int maxTerms;
    private final WeightScan scan = WeightScan.best();

    /**
     * A sparsifier for rows of {@code width} floats.
     *
     * @param masked ids that never get a weight
     * @param minWeight only weights greater than this are kept, 0 or more
     * @param maxTerms most tokens that are kept, 0 for no limit
     */
    Sparsifier(Vocabulary vocabulary, BitSet masked, int width, float minWeight, int maxTerms) {
        this.vocabulary = vocabulary;
        this.masked = (BitSet) masked.clone();
        this.width = width;
        this.minWeight = minWeight;
        this.maxTerms = maxTerms;
    }

    /**
     * The vector of a row: every weight that is kept, by ascending token id.
     *
     * @param rows native memory of floats
     * @throws NotANumberException if the row has a weight that is not a finite number
     */
    SparseVector vector(MemorySegment rows, int row) {
        int[] ids = new int[width];
        MemorySegment weightsOfRow = rows.asSlice((long) row * width * Float.BYTES, (long) width * Float.BYTES);
        int count = scan.positions(weightsOfRow, width, minWeight, ids);
        String[] tokens = new String[count];
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            int id = ids[i];
            float weight = weightsOfRow.get(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) id * Float.BYTES);
            if (!Float.isFinite(weight)) {
                throw new NotANumberException(String.format(Locale.ROOT, "weight %s for token id %d", weight, id));
            }
            boolean kept = id < vocabulary.tokens().length && vocabulary.tokens()[id] != null && !masked.get(id);
            tokens[i] = kept ? vocabulary.tokens()[id] : "";
            weights[i] = kept ? weight : 0;
        }
        SparseVector vector = withoutZeros(tokens, weights);
        return maxTerms == 0 ? vector : HeaviestTokens.of(vector, maxTerms);
    }

    private static SparseVector withoutZeros(String[] tokens, float[] weights) {
        int kept = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (weights[i] > 0) {
                tokens[kept] = tokens[i];
                weights[kept++] = weights[i];
            }
        }
        return SparseVector.of(Arrays.copyOf(tokens, kept), Arrays.copyOf(weights, kept));
    }

    /** A model gave a weight that is not a finite number. */
    static final class NotANumberException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotANumberException(String message) {
            super(message);
        }
    }
}
