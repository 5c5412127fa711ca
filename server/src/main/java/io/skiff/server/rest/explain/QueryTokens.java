package io.skiff.server.rest.explain;

import java.util.ArrayList;
import java.util.List;

/**
 * Tokens of a query that search for nothing.
 *
 * @param unknown those that no document of the index has
 * @param pruned those that were left out as too frequent and too light
 */
public record QueryTokens(List<FieldToken> unknown, List<FieldToken> pruned) {
    /** Every token searches for something. */
    public static final QueryTokens NONE = new QueryTokens(List.of(), List.of());

    /**
     * A token of a field.
     *
     * @param weight in the query; 0 where it has none
     */
    public record FieldToken(String field, String token, double weight) {}

    /** Copies the lists. */
    public QueryTokens {
        unknown = List.copyOf(unknown);
        pruned = List.copyOf(pruned);
    }

    /** As parts of a score that they add nothing to. */
    List<ScoreTree> trees() {
        List<ScoreTree> trees = new ArrayList<>();
        unknown.forEach(token -> trees.add(ScoreTree.leaf(
                0, "[" + token.token() + "] of field [" + token.field() + "] is unknown: no document has it")));
        pruned.forEach(token -> trees.add(ScoreTree.leaf(
                0,
                "[" + token.token() + "] of field [" + token.field() + "], weight " + token.weight()
                        + ", was pruned: too frequent and too light")));
        return trees;
    }
}
