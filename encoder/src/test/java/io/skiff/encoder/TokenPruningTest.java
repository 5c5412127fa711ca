package io.skiff.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skiff.index.SparseVector;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which tokens of a query are left out. */
class TokenPruningTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_260_110);

    /** 100 documents; 4 tokens with 130 postings, so the average token is in 32.5 % of them. */
    private static final TokenStatistics FIELD = statistics(100, Map.of("the", 99L, "of", 20L, "reef", 5L, "a", 6L));

    @Test
    void aTokenHasToBeBothFrequentAndLightToGo() {
        // The average token is in 32.5 % of the documents; twice that is 65 %.
        TokenPruning pruning = new TokenPruning(2, 0.4f, false);
        SparseVector query = vector("reef", 2f, "of", 0.1f, "the", 0.8f);
        assertEquals(vector("reef", 2f, "of", 0.1f), pruning.prune(query, FIELD), "weight 0.8 is 0.4 of 2, not more");
        SparseVector heavier = vector("reef", 2f, "of", 0.1f, "the", 0.81f);
        assertEquals(heavier, pruning.prune(heavier, FIELD));
    }

    @Test
    void tokensThatTheFieldDoesNotHaveGoWhateverTheyWeigh() {
        assertEquals(vector("reef", 1f), TokenPruning.DEFAULT.prune(vector("unicorn", 9f, "reef", 1f), FIELD));
    }

    @Test
    void theRestCanBeHadInstead() {
        TokenPruning rest = new TokenPruning(2, 0.4f, true);
        assertEquals(
                vector("the", 0.5f, "unicorn", 3f), rest.prune(vector("reef", 2f, "the", 0.5f, "unicorn", 3f), FIELD));
    }

    @Test
    void anEmptyFieldLeavesNothing() {
        assertEquals(SparseVector.EMPTY, TokenPruning.DEFAULT.prune(vector("reef", 1f), statistics(0, Map.of())));
        assertEquals(
                SparseVector.EMPTY, new TokenPruning(5, 0.4f, true).prune(vector("reef", 1f), statistics(0, Map.of())));
        assertEquals(SparseVector.EMPTY, TokenPruning.DEFAULT.prune(SparseVector.EMPTY, FIELD));
    }

    /** Kept and pruned are two halves of the query, and the heaviest known token is always kept. */
    @Test
    void whatIsKeptAndWhatIsNotMakeTheQuery() {
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            Map<String, Long> frequencies = new HashMap<>();
            Map<String, Float> query = new LinkedHashMap<>();
            for (int token = 0; token < 30; token++) {
                if (random.nextBoolean()) {
                    frequencies.put("t" + token, 1 + (long) (Math.pow(random.nextDouble(), 6) * 999));
                }
                if (random.nextBoolean()) {
                    query.put("t" + token, 0.01f + random.nextFloat());
                }
            }
            if (frequencies.isEmpty()) {
                continue;
            }
            TokenStatistics field = statistics(1000, frequencies);
            float ratio = 1 + random.nextInt(5);
            float weight = random.nextFloat();
            Map<String, Float> kept = map(new TokenPruning(ratio, weight, false).prune(SparseVector.of(query), field));
            Map<String, Float> pruned = map(new TokenPruning(ratio, weight, true).prune(SparseVector.of(query), field));
            Map<String, Float> both = new HashMap<>(kept);
            both.putAll(pruned);
            assertEquals(query, both, "seed " + SEED);
            assertEquals(query.size(), kept.size() + pruned.size(), "seed " + SEED);
            double postings =
                    frequencies.values().stream().mapToLong(Long::longValue).sum();
            double average = postings / 1000 / frequencies.size();
            float largest = query.values().stream().max(Float::compare).orElse(0f);
            query.forEach((token, w) -> {
                double share = frequencies.getOrDefault(token, 0L) / 1000.0;
                if (Math.abs(share - ratio * average) > 1e-6) {
                    boolean expected = share > 0 && (share < ratio * average || w > weight * largest);
                    assertEquals(expected, kept.containsKey(token), token + ", seed " + SEED);
                }
            });
        }
    }

    @Test
    void thresholdsOutOfRangeAreRefused() {
        assertEquals(
                "tokens_freq_ratio_threshold must be from 1 to 100, got 0.5",
                assertThrows(IllegalArgumentException.class, () -> new TokenPruning(0.5f, 0.4f, false))
                        .getMessage());
        assertEquals(
                "tokens_weight_threshold must be from 0 to 1, got NaN",
                assertThrows(IllegalArgumentException.class, () -> new TokenPruning(5, Float.NaN, false))
                        .getMessage());
    }

    @Test
    void theHeaviestTokensKeepTheirOrder() {
        SparseVector vector = vector("a", 1f, "b", 3f, "c", 2f);
        assertEquals(vector("b", 3f, "c", 2f), HeaviestTokens.of(vector, 2));
        assertEquals(vector, HeaviestTokens.of(vector, 3));
        SparseVector equal = vector("x", 1f, "y", 1f, "z", 1f);
        assertEquals(vector("x", 1f, "y", 1f), HeaviestTokens.of(equal, 2), "of equal weights the earlier");
    }

    private static TokenStatistics statistics(long documents, Map<String, Long> frequencies) {
        long postings = frequencies.values().stream().mapToLong(Long::longValue).sum();
        return new TokenStatistics(documents, postings, frequencies.size(), new MapStatistics(documents, frequencies));
    }

    private static SparseVector vector(Object... tokensAndWeights) {
        Map<String, Float> weights = new LinkedHashMap<>();
        for (int i = 0; i < tokensAndWeights.length; i += 2) {
            weights.put((String) tokensAndWeights[i], (Float) tokensAndWeights[i + 1]);
        }
        return SparseVector.of(weights);
    }

    private static Map<String, Float> map(SparseVector vector) {
        Map<String, Float> weights = new HashMap<>();
        for (int i = 0; i < vector.size(); i++) {
            weights.put(vector.token(i), vector.weight(i));
        }
        return weights;
    }
}
