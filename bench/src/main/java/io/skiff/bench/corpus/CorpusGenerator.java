package io.skiff.bench.corpus;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Deals documents from a pool: each the union of a seed vector, some of its neighbors and noise, cut or filled to a
 * length like that of SPLADE-encoded passages.
 *
 * <p>What comes out of the real SPLADE-v3 pool: about 120 postings a document over about 27,000 tokens, the document
 * frequencies at rank 1, 10, 100, 1000 and 5000 being about 44, 21, 10, 2.9 and .42 % (see the test).
 */
public final class CorpusGenerator implements DocumentSupplier {
    private static final int RARE_TOKENS = 8_500;
    /** Lengths of runs of documents with one seed vector are 1 to twice the mean less 1. */
    private static final int MEAN_RUN = 6;

    private static final int MEDIAN_LENGTH = 112;
    private static final int SHORTEST = 20;
    private static final int LONGEST = 400;
    private static final double SEED_KEPT = .8;
    private static final double NEIGHBOR_KEPT = .6;
    private static final double NEIGHBOR_FACTOR = .85;
    private static final double FILL_FACTOR = .6;
    private static final double FILL_FROM_NEIGHBORS = .45;
    private static final double FILL_FROM_RARE = .015;
    private static final double FILL_FROM_SHORT = .65;

    private final List<WeightedTokens> vectors;
    private final int[][] neighbors;
    /** The short vectors of the pool; long ones would be cut so much that hardly a noise token were left. */
    private final int[] seeds;

    private final WeightedTokens shortOccurrences;
    private final WeightedTokens longOccurrences;
    private final int vocabularySize;
    private final boolean flatWeights;
    private final SplittableRandom random;
    private final LogNormal lengths = new LogNormal(.38);
    private final LogNormal postingFactors = new LogNormal(.3);
    private final LogNormal documentFactors = new LogNormal(.15);

    private int remaining;
    private int runRemaining;
    private int seed;
    private double documentFactor;
    /** The document being dealt: weight by token (0 is absent), and the tokens in order of their coming. */
    private final double[] weights;

    private int[] tokens = new int[1 << 12];
    private int size;

    CorpusGenerator(VectorPool pool, CorpusOptions options) {
        vectors = pool.vectors();
        vocabularySize = pool.vocabulary().size();
        weights = new double[vocabularySize + RARE_TOKENS];
        neighbors = Neighbors.of(vectors, vocabularySize);
        seeds = IntStream.range(0, vectors.size())
                .filter(v -> vectors.get(v).size() < VectorPool.LONG_TOKENS)
                .toArray();
        shortOccurrences = occurrences(vectors, false);
        longOccurrences = occurrences(vectors, true);
        flatWeights = options.variant().flatWeights();
        random = new SplittableRandom(options.seed());
        remaining = options.documents();
    }

    /** The documents of a corpus, in order. */
    public static DocumentSupplier of(VectorPool pool, CorpusOptions options) {
        CorpusGenerator generator = new CorpusGenerator(pool, options);
        return options.variant().withoutTopics() ? new TopicShuffle(generator, options.seed()) : generator;
    }

    /** The names of all tokens that documents may hold, by number: those of the pool, then made-up rare ones. */
    public static String[] vocabulary(VectorPool pool) {
        int known = pool.vocabulary().size();
        String[] names = pool.vocabulary().toArray(new String[known + RARE_TOKENS]);
        for (int i = 0; i < RARE_TOKENS; i++) {
            names[known + i] = "[rare" + i + "]";
        }
        return names;
    }

    @Override
    public WeightedTokens next() {
        if (remaining == 0) {
            return null;
        }
        remaining--;
        if (runRemaining == 0) {
            runRemaining = 1 + random.nextInt(2 * MEAN_RUN - 1);
            seed = seeds[random.nextInt(seeds.length)];
        }
        runRemaining--;
        int length = Math.clamp(Math.round(MEDIAN_LENGTH * lengths.next(random)), SHORTEST, LONGEST);
        documentFactor = documentFactors.next(random);
        addShare(vectors.get(seed), SEED_KEPT, 1);
        for (int i = random.nextInt(4); i > 0; i--) {
            addShare(neighborOf(seed), NEIGHBOR_KEPT, NEIGHBOR_FACTOR);
        }
        while (size < length) {
            fill();
        }
        return cut(length);
    }

    private void addShare(WeightedTokens vector, double kept, double factor) {
        for (int i = 0; i < vector.size(); i++) {
            if (random.nextDouble() < kept) {
                put(vector.tokens()[i], vector.weights()[i] * factor);
            }
        }
    }

    private void fill() {
        double kind = random.nextDouble();
        if (kind < FILL_FROM_NEIGHBORS) {
            putIfAbsent(random.nextBoolean() ? neighborOf(seed) : neighborOf(randomNeighbor(seed)), -1);
        } else if (kind < FILL_FROM_NEIGHBORS + FILL_FROM_RARE) {
            putIfAbsent(shortOccurrences, vocabularySize + random.nextInt(RARE_TOKENS));
        } else {
            putIfAbsent(random.nextDouble() < FILL_FROM_SHORT ? shortOccurrences : longOccurrences, -1);
        }
    }

    /** Puts a random posting of {@code from}, under another token if that is not -1. */
    private void putIfAbsent(WeightedTokens from, int otherToken) {
        int i = random.nextInt(from.size());
        int token = otherToken < 0 ? from.tokens()[i] : otherToken;
        if (weights[token] == 0) {
            put(token, from.weights()[i] * FILL_FACTOR);
        }
    }

    private void put(int token, double weight) {
        double noisy = weight * postingFactors.next(random) * documentFactor;
        if (weights[token] == 0) {
            tokens[size++] = token;
        }
        weights[token] = Math.max(weights[token], noisy);
    }

    private int randomNeighbor(int vector) {
        return neighbors[vector][random.nextInt(neighbors[vector].length)];
    }

    private WeightedTokens neighborOf(int vector) {
        return vectors.get(randomNeighbor(vector));
    }

    /** Takes the first {@code length} tokens, ascending, and clears the document for the next one. */
    private WeightedTokens cut(int length) {
        int[] kept = Arrays.copyOf(tokens, length);
        Arrays.sort(kept);
        int[] impacts = new int[length];
        for (int i = 0; i < length; i++) {
            int weight = Math.clamp(Math.round(weights[kept[i]]), 1, 255);
            impacts[i] = flatWeights ? flat(weight) : weight;
        }
        for (int i = 0; i < size; i++) {
            weights[tokens[i]] = 0;
        }
        size = 0;
        return new WeightedTokens(kept, impacts);
    }

    private static int flat(int weight) {
        return 90 + weight / 12;
    }

    private static WeightedTokens occurrences(List<WeightedTokens> vectors, boolean ofLong) {
        List<WeightedTokens> chosen = vectors.stream()
                .filter(v -> (v.size() >= VectorPool.LONG_TOKENS) == ofLong)
                .toList();
        if (chosen.isEmpty()) {
            return occurrences(vectors, !ofLong);
        }
        return new WeightedTokens(
                chosen.stream().flatMapToInt(v -> Arrays.stream(v.tokens())).toArray(),
                chosen.stream().flatMapToInt(v -> Arrays.stream(v.weights())).toArray());
    }
}
