package io.skiff.bench.corpus;

import java.io.IOException;
import java.util.Arrays;

/**
 * Counts over a whole corpus.
 *
 * @param documents documents
 * @param postings postings
 * @param shares document frequency as a share of the documents, commonest token first, tokens in use only
 */
record CorpusStatistics(int documents, long postings, double[] shares) {
    static CorpusStatistics of(VectorPool pool, CorpusOptions options) throws IOException {
        DocumentSupplier supplier = CorpusGenerator.of(pool, options);
        int[] frequency = new int[CorpusGenerator.vocabulary(pool).length];
        int documents = 0;
        long postings = 0;
        for (WeightedTokens document; (document = supplier.next()) != null; documents++) {
            postings += document.size();
            for (int token : document.tokens()) {
                frequency[token]++;
            }
        }
        int count = documents;
        double[] shares = Arrays.stream(frequency)
                .filter(f -> f > 0)
                .mapToDouble(f -> -(double) f / count)
                .sorted()
                .map(f -> -f)
                .toArray();
        return new CorpusStatistics(documents, postings, shares);
    }

    double postingsPerDocument() {
        return (double) postings / documents;
    }

    double percentAtRank(int rank) {
        return 100 * shares[rank - 1];
    }
}
