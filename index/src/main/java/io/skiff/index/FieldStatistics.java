package io.skiff.index;

/** Statistics of one field over a whole index, for query weights that depend on the collection, such as idf. */
public interface FieldStatistics {
    /** The statistics of no collection: no documents, no tokens. */
    FieldStatistics NONE = new FieldStatistics() {
        @Override
        public long documentCount() {
            return 0;
        }

        @Override
        public long documentFrequency(String token) {
            return 0;
        }
    };

    /** The number of documents in the collection, with or without the field. */
    long documentCount();

    /** The number of documents that have the token in the field, 0 for a token that is not known. */
    long documentFrequency(String token);
}
