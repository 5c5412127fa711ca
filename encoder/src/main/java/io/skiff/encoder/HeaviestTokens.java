package io.skiff.encoder;

import io.skiff.index.SparseVector;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Cuts vectors to their tokens of largest weight. */
public final class HeaviestTokens {
    private HeaviestTokens() {}

    /** The {@code count} tokens of largest weight, in the order they had; of equal weights the earlier. */
    public static SparseVector of(SparseVector vector, int count) {
        if (vector.size() <= count) {
            return vector;
        }
        int[] kept = byWeight(vector).limit(count).sorted().toArray();
        String[] tokens = new String[count];
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = vector.token(kept[i]);
            weights[i] = vector.weight(kept[i]);
        }
        return SparseVector.of(tokens, weights);
    }

    /** The positions of a vector's tokens, the heaviest first; of equal weights the earlier. */
    public static IntStream byWeight(SparseVector vector) {
        return IntStream.range(0, vector.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> vector.weight(i))
                        .reversed())
                .mapToInt(Integer::intValue);
    }
}
