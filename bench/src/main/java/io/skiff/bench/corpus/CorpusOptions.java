package io.skiff.bench.corpus;

/**
 * What identifies a corpus, given its pool.
 *
 * @param documents how many documents, at least 1
 * @param queries how many vectors are held out of the pool as queries, at least 1
 * @param seed where all randomness starts
 * @param variant what is done to make it harder
 */
public record CorpusOptions(int documents, int queries, long seed, Variant variant) {
    /** Refuses a corpus without documents or queries. */
    public CorpusOptions {
        if (documents < 1 || queries < 1) {
            throw new IllegalArgumentException("a corpus needs at least 1 document and 1 query, got " + documents
                    + " documents and " + queries + " queries");
        }
    }
}
