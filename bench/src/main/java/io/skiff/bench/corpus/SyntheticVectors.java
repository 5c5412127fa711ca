package io.skiff.bench.corpus;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Makes vectors where no real ones are at hand: as many short and long ones, tokens of Zipf-like frequency that keep
 * to topics, and log-normal weights. It has the shape of SPLADE vectors, not their content.
 */
final class SyntheticVectors {
    private static final int SHORT_VECTORS = 6_700;
    private static final int LONG_VECTORS = 1_400;
    private static final int TOPICS = 1_500;
    private static final int TOPIC_TOKENS = 120;
    private static final int VOCABULARY = 18_900;
    private static final double TOPICAL_SHARE = .7;
    private static final double MEDIAN_WEIGHT = 23;
    private static final int LARGEST_WEIGHT = 180;

    private final SplittableRandom random;
    private final LogNormal lengths = new LogNormal(.35);
    private final LogNormal weights = new LogNormal(.9);
    private final double[] cumulative = new double[VOCABULARY];
    private final int[][] topics = new int[TOPICS][TOPIC_TOKENS];

    private SyntheticVectors(long seed) {
        random = new SplittableRandom(seed);
        double sum = 0;
        for (int rank = 0; rank < VOCABULARY; rank++) {
            // Mandelbrot's shift flattens the head: even the commonest token of SPLADE is in half the documents only.
            sum += 1 / (rank + 60.0);
            cumulative[rank] = sum;
        }
        for (int[] topic : topics) {
            for (int i = 0; i < TOPIC_TOKENS; i++) {
                topic[i] = anyToken();
            }
        }
    }

    static void generate(long seed, Consumer<Map<String, Integer>> vectors) {
        SyntheticVectors generator = new SyntheticVectors(seed);
        for (int i = 0; i < SHORT_VECTORS; i++) {
            vectors.accept(generator.vector(25, VectorPool.LONG_TOKENS - 1));
        }
        for (int i = 0; i < LONG_VECTORS; i++) {
            vectors.accept(generator.vector(200, 350));
        }
    }

    private Map<String, Integer> vector(int medianLength, int longest) {
        int length = Math.clamp(Math.round(medianLength * lengths.next(random)), 5, longest);
        int[] topic = topics[random.nextInt(TOPICS)];
        int[] second = topics[random.nextInt(TOPICS)];
        Map<String, Integer> vector = new LinkedHashMap<>();
        while (vector.size() < length) {
            int token = anyToken();
            if (random.nextDouble() < TOPICAL_SHARE) {
                token = (random.nextInt(3) == 0 ? second : topic)[random.nextInt(TOPIC_TOKENS)];
            }
            long weight = Math.round(MEDIAN_WEIGHT * weights.next(random));
            vector.putIfAbsent("token" + token, Math.clamp(weight, 1, LARGEST_WEIGHT));
        }
        return vector;
    }

    private int anyToken() {
        double target = random.nextDouble() * cumulative[VOCABULARY - 1];
        int found = Arrays.binarySearch(cumulative, target);
        return found >= 0 ? found : Math.min(-found - 1, VOCABULARY - 1);
    }
}
