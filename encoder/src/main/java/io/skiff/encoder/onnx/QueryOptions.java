package io.skiff.encoder.onnx;

/**
 * How queries that come at the same time share runs of a model.
 *
 * @param largestBatch most queries in one run, 1 to 256; 1 runs each alone
 * @param longestWaitMicros how long the first query of a run waits for others while none is running, 0 to 1,000,000; those
 *     that come during a run share the next one whatever this is
 * @param cachedQueries vectors of queries that are remembered, least recently used out first; 0 for none
 */
public record QueryOptions(int largestBatch, int longestWaitMicros, int cachedQueries) {
    /** Batches of 16 that form only while the model is busy, 4,096 queries remembered. */
    public static final QueryOptions DEFAULT = new QueryOptions(16, 0, 4096);

    private static final int MOST_QUERIES = 256;
    private static final int LONGEST_WAIT_MICROS = 1_000_000;
    private static final int MOST_CACHED = 1_000_000;

    /** Refuses numbers out of range. */
    public QueryOptions {
        require("queries in a batch", largestBatch, 1, MOST_QUERIES);
        require("microseconds to wait", longestWaitMicros, 0, LONGEST_WAIT_MICROS);
        require("cached queries", cachedQueries, 0, MOST_CACHED);
    }

    private static void require(String what, int number, int smallest, int largest) {
        if (number < smallest || number > largest) {
            throw new IllegalArgumentException(
                    what + " must be from " + smallest + " to " + largest + ", got " + number);
        }
    }
}
