package io.skiff.bench.harness;

import io.skiff.encoder.TokenPruning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A way to search. */
sealed interface Configuration {
    /** As it is written on the command line, and shown. */
    String name();

    /** Whether it needs sparse vectors beside the words. */
    default boolean needsVectors() {
        return true;
    }

    /** BM25 over the words. */
    record Bm25(String name) implements Configuration {
        @Override
        public boolean needsVectors() {
            return false;
        }
    }

    /** The sparse vectors. */
    record Sparse(String name) implements Configuration {}

    /** The sum of both scores, each times its weight: one query of two clauses, searched exactly. */
    record Linear(String name, float bm25Weight, float sparseWeight) implements Configuration {}

    /**
     * Reciprocal rank fusion of both rankings.
     *
     * @param rankConstant what is added to each rank
     * @param windowSize how many hits of each ranking count; 0 for as many as are measured
     */
    record ReciprocalRank(String name, int rankConstant, int windowSize) implements Configuration {}

    /** The sparse vectors with the query pruned. */
    record Pruned(String name, TokenPruning pruning) implements Configuration {}

    /** The sparse vectors, leaving out a share of the query's mass where promising documents are looked for. */
    record Approximate(String name, double ignoredShare) implements Configuration {}

    /**
     * Reads a configuration such as {@code bm25}, {@code linear:0.5:1} or {@code approximate:0.13}.
     *
     * @throws IllegalArgumentException telling what was expected
     */
    static Configuration parse(String text) {
        String name = text.strip();
        String[] parts = name.split(":", -1);
        List<String> numbers = List.of(parts).subList(1, parts.length);
        return switch (parts[0]) {
            case "bm25" -> {
                numbers(name, numbers);
                yield new Bm25(name);
            }
            case "sparse" -> {
                numbers(name, numbers);
                yield new Sparse(name);
            }
            case "linear" -> {
                double[] weights = numbers(name, numbers, 1, 1);
                require(weights[0] > 0 && weights[1] > 0, name, "weights above 0");
                yield new Linear(name, (float) weights[0], (float) weights[1]);
            }
            case "rrf" -> {
                double[] given = numbers(name, numbers, 60, 0);
                require(
                        Arrays.stream(given).allMatch(number -> number == (int) number)
                                && given[0] >= 1
                                && given[1] >= 0,
                        name,
                        "a rank constant of 1 or more and a window of 1 or more, both whole");
                yield new ReciprocalRank(name, (int) given[0], (int) given[1]);
            }
            case "pruned" -> {
                double[] thresholds = numbers(
                        name,
                        numbers,
                        TokenPruning.DEFAULT.frequencyRatioThreshold(),
                        TokenPruning.DEFAULT.weightThreshold());
                yield new Pruned(name, new TokenPruning((float) thresholds[0], (float) thresholds[1], false));
            }
            case "approximate" -> {
                double share = numbers(name, numbers, 0.1)[0];
                require(share > 0 && share < 1, name, "a share above 0 and below 1");
                yield new Approximate(name, share);
            }
            default ->
                throw new IllegalArgumentException("there is no configuration '" + name
                        + "', there are bm25, sparse, linear[:BM25:SPARSE], rrf[:CONSTANT[:WINDOW]],"
                        + " pruned[:RATIO:WEIGHT] and approximate[:SHARE]");
        };
    }

    /** The numbers given, and the defaults of those that are not. */
    private static double[] numbers(String name, List<String> given, double... defaults) {
        require(given.size() <= defaults.length, name, "at most " + defaults.length + " numbers behind colons");
        double[] numbers = defaults.clone();
        for (int i = 0; i < given.size(); i++) {
            try {
                numbers[i] = Double.parseDouble(given.get(i));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "configuration '" + name + "': '" + given.get(i) + "' is no number", e);
            }
            require(Double.isFinite(numbers[i]), name, "finite numbers");
        }
        return numbers;
    }

    private static void require(boolean condition, String name, String expected) {
        if (!condition) {
            throw new IllegalArgumentException("configuration '" + name + "': expected " + expected);
        }
    }

    /** The names, in their order. */
    static List<String> names(List<Configuration> configurations) {
        List<String> names = new ArrayList<>();
        configurations.forEach(configuration -> names.add(configuration.name()));
        return names;
    }
}
