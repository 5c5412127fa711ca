package io.skiff.bench.kernel;

import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexBuilder;
import io.skiff.index.Quantizer;
import io.skiff.index.SparseVector;
import io.skiff.scoring.SparseQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Documents and queries dealt at random with the token frequencies of learned sparse vectors: the commonest token in
 * half of the documents, the hundredth in a tenth, the thousandth in one of 75. It has no topics, so nothing can be concluded from it
 * for methods that skip documents; the cost of scoring every posting does not depend on that.
 */
final class SyntheticCorpus {
    /** The one field. */
    static final String FIELD = "body";

    private static final int VOCABULARY_SIZE = 30_000;
    private static final int DOCUMENT_TOKENS = 100;
    private static final int QUERY_TOKENS = 24;
    /** A token's frequency falls with 1 / (rank + this). */
    private static final double RANK_SHIFT = 20;

    private final SplittableRandom random;

    SyntheticCorpus(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Builds an index of that many documents. */
    void index(Path directory, int documentCount) throws IOException {
        FieldOptions whole = new FieldOptions(Optional.of(Quantizer.IDENTITY), Map.of());
        try (IndexBuilder builder = IndexBuilder.create(directory, Map.of(FIELD, whole), false)) {
            for (int i = 0; i < documentCount; i++) {
                builder.add(Document.of(Integer.toString(i), FIELD, vector(DOCUMENT_TOKENS)));
            }
            builder.commit();
        }
    }

    /** That many queries. */
    List<SparseQuery> queries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> SparseQuery.of(FIELD, vector(QUERY_TOKENS)))
                .toList();
    }

    private SparseVector vector(int tokenCount) {
        Map<String, Integer> weights = HashMap.newHashMap(tokenCount);
        while (weights.size() < tokenCount) {
            int token = (int) (RANK_SHIFT * (Math.pow(VOCABULARY_SIZE / RANK_SHIFT + 1, random.nextDouble()) - 1));
            weights.put("t" + token, 1 + (int) (254 * Math.pow(random.nextDouble(), 2)));
        }
        return SparseVector.of(weights);
    }
}
