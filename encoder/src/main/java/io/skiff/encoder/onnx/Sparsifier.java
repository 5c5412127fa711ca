package io.skiff.encoder.onnx;

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
    private final WeightScan scan;

    /**
     * A sparsifier for rows of {@code width} floats.
     *
     * @param masked ids that never get a weight
     * @param minWeight only weights greater than this are kept, 0 or more
     * @param maxTerms most tokens that are kept, 0 for no limit
     */
    Sparsifier(Vocabulary vocabulary, BitSet masked, int width, float minWeight, int maxTerms) {
        this(vocabulary, masked, width, minWeight, maxTerms, WeightScan.best());
    }

    Sparsifier(Vocabulary vocabulary, BitSet masked, int width, float minWeight, int maxTerms, WeightScan scan) {
        this.vocabulary = vocabulary;
        this.masked = (BitSet) masked.clone();
        this.width = width;
        this.minWeight = minWeight;
        this.maxTerms = maxTerms;
        this.scan = scan;
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
        int found = scan.positions(weightsOfRow, width, minWeight, ids);
        float[] weights = new float[found];
        int count = 0;
        for (int i = 0; i < found; i++) {
            int id = ids[i];
            float weight = weightsOfRow.get(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) id * Float.BYTES);
            if (!Float.isFinite(weight)) {
                throw new NotANumberException(String.format(Locale.ROOT, "weight %s for token id %d", weight, id));
            }
            if (id < vocabulary.tokens().length && vocabulary.tokens()[id] != null && !masked.get(id)) {
                ids[count] = id;
                weights[count++] = weight;
            }
        }
        int kept = maxTerms > 0 && count > maxTerms ? keepHeaviest(ids, weights, count) : count;
        String[] tokens = new String[kept];
        for (int i = 0; i < kept; i++) {
            tokens[i] = vocabulary.tokens()[ids[i]];
        }
        return SparseVector.of(tokens, Arrays.copyOf(weights, kept));
    }

    /** Moves the heaviest to the front, in their order; of equal ones those of lower id. Returns how many they are. */
    private int keepHeaviest(int[] ids, float[] weights, int count) {
        // A model that gives every token of the vocabulary a weight is possible, and sorting floats is fast.
        float[] sorted = Arrays.copyOf(weights, count);
        Arrays.sort(sorted);
        float smallest = sorted[count - maxTerms];
        int ofSmallest = 0;
        for (int i = count - maxTerms; i < count && sorted[i] == smallest; i++) {
            ofSmallest++;
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (weights[i] > smallest || (weights[i] == smallest && ofSmallest-- > 0)) {
                ids[kept] = ids[i];
                weights[kept++] = weights[i];
            }
        }
        return kept;
    }

    /** A model gave a weight that is not a finite number. */
    static final class NotANumberException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotANumberException(String message) {
            super(message);
        }
    }
}
