package io.skiff.bench.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The vectors that documents are dealt from, and those held out as queries.
 *
 * @param source where the vectors come from, for reports
 * @param vocabulary the tokens by number
 * @param vectors the pool
 * @param queries the vectors held out; none equals one of the pool
 */
public record VectorPool(
        String source, List<String> vocabulary, List<WeightedTokens> vectors, List<WeightedTokens> queries) {
    /** Vectors of at least so many tokens stem from passages, shorter ones from queries. */
    static final int LONG_TOKENS = 64;

    /** Copies the lists. */
    public VectorPool {
        vocabulary = List.copyOf(vocabulary);
        vectors = List.copyOf(vectors);
        queries = List.copyOf(queries);
    }

    /** A pool of the real vectors in a folder of {@code *.vec.tsv.gz} files. */
    public static VectorPool read(Path directory, int queries, long seed) throws IOException {
        Numbering numbering = new Numbering();
        VectorFiles.read(directory, numbering::add);
        return numbering.split("real vectors of " + directory.getFileName(), queries, seed);
    }

    /** A pool that imitates the shape of real vectors; what is measured on it is not comparable with real ones. */
    public static VectorPool synthetic(int queries, long seed) {
        Numbering numbering = new Numbering();
        SyntheticVectors.generate(seed, numbering::add);
        return numbering.split("SYNTHETIC vectors, no real ones were given", queries, seed);
    }

    /** Numbers tokens in order of appearance and drops vectors that repeat, so that no query hides in the pool. */
    private static final class Numbering {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> vocabulary = new ArrayList<>();
        private final Set<WeightedTokens> vectors = new LinkedHashSet<>();

        private void add(Map<String, Integer> vector) {
            int[] tokens = vector.keySet().stream().mapToInt(this::number).toArray();
            int[] weights = vector.values().stream().mapToInt(Integer::intValue).toArray();
            vectors.add(new WeightedTokens(tokens, weights));
        }

        private int number(String token) {
            return numbers.computeIfAbsent(token, absent -> {
                vocabulary.add(absent);
                return vocabulary.size() - 1;
            });
        }

        private VectorPool split(String source, int queryCount, long seed) {
            List<WeightedTokens> queries = new ArrayList<>(
                    vectors.stream().filter(v -> v.size() < LONG_TOKENS).toList());
            if (queryCount > queries.size() / 2) {
                throw new IllegalArgumentException("cannot hold " + queryCount + " queries out of a pool with "
                        + queries.size() + " short vectors; ask for at most " + queries.size() / 2);
            }
            Collections.shuffle(queries, new Random(seed));
            queries = queries.subList(0, queryCount);
            List<WeightedTokens> pool = new ArrayList<>(vectors);
            pool.removeAll(Set.copyOf(queries));
            return new VectorPool(source, vocabulary, pool, queries);
        }
    }
}
