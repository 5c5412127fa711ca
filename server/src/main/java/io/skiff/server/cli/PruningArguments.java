package io.skiff.server.cli;

import io.skiff.encoder.HeaviestTokens;
import io.skiff.encoder.TokenPruning;
import io.skiff.encoder.TokenStatistics;
import io.skiff.index.SparseVector;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which tokens of a query {@code skiff search} leaves out. */
final class PruningArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--prune",
            description = "Leave out tokens that are frequent in the index and light in the query, as Elasticsearch's"
                    + " prune does.")
    private boolean prune;

    @Option(
            names = "--tokens-freq-ratio-threshold",
            paramLabel = "X",
            description = "With --prune: how many times as frequent as the average token is frequent, 1 to 100."
                    + " Default: 5.")
    private Float frequencyRatio;

    @Option(
            names = "--tokens-weight-threshold",
            paramLabel = "X",
            description = "With --prune: up to which share of the query's largest weight is light, 0 to 1."
                    + " Default: 0.4.")
    private Float weight;

    @Option(
            names = "--only-score-pruned-tokens",
            description = "With --prune: search with the tokens that would be left out, and with no others.")
    private boolean onlyPruned;

    @Option(
            names = "--max-terms",
            paramLabel = "N",
            description = "Keep the N heaviest tokens of a query, after --prune. Default: all.")
    private Integer maxTerms;

    /** Refuses what does not go together or is out of range. */
    void check() {
        if (!prune && (frequencyRatio != null || weight != null || onlyPruned)) {
            throw wrong((frequencyRatio != null
                            ? "--tokens-freq-ratio-threshold"
                            : weight != null ? "--tokens-weight-threshold" : "--only-score-pruned-tokens")
                    + " says how --prune prunes, which is not given");
        }
        if (maxTerms != null && maxTerms < 1) {
            throw wrong("--max-terms must be 1 or more, got " + maxTerms);
        }
        pruning();
    }

    private TokenPruning pruning() {
        TokenPruning defaults = TokenPruning.DEFAULT;
        try {
            return new TokenPruning(
                    frequencyRatio == null ? defaults.frequencyRatioThreshold() : frequencyRatio,
                    weight == null ? defaults.weightThreshold() : weight,
                    onlyPruned);
        } catch (IllegalArgumentException e) {
            throw wrong("--" + e.getMessage().replace('_', '-'));
        }
    }

    /** What is left of a query; the statistics are asked for only where they are needed. */
    SparseVector prune(SparseVector query, Supplier<TokenStatistics> statistics) {
        SparseVector pruned = prune ? pruning().prune(query, statistics.get()) : query;
        return maxTerms == null ? pruned : HeaviestTokens.of(pruned, maxTerms);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
