package io.skiff.server.rest.query;

/**
 * How much a request may ask for.
 *
 * @param maxDepth of queries inside queries
 * @param maxClauses of all queries of a request together
 * @param maxTerms in one {@code terms} or {@code ids}
 * @param maxTokens in one vector
 */
public record QueryLimits(int maxDepth, int maxClauses, int maxTerms, int maxTokens) {
    /** Elasticsearch's, where it has them. */
    public static final QueryLimits DEFAULT = new QueryLimits(30, 1_024, 65_536, 8_192);

    /** Refuses what cannot be. */
    public QueryLimits {
        require("deepest query", maxDepth, 1, 90); // the JSON of a request may be 100 deep
        require("most clauses", maxClauses, 1, 1_000_000);
        require("most terms", maxTerms, 1, 10_000_000);
        require("most tokens", maxTokens, 1, 8_192); // that the searcher takes
    }

    private static void require(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " must be in " + min + ".." + max + ", got " + value);
        }
    }
}
