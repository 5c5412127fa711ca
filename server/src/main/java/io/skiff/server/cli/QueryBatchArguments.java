package io.skiff.server.cli;

import io.skiff.encoder.onnx.QueryOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the queries that a server gets at the same time share a model. */
final class QueryBatchArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--query-batch",
            paramLabel = "N",
            description = "Most queries in one run of a model, 1 to 256. Default: 16.")
    private int batch = QueryOptions.DEFAULT.largestBatch();

    @Option(
            names = "--query-wait-micros",
            paramLabel = "N",
            description = "How long the first query of a run waits for others while the model is idle, in microseconds;"
                    + " those that come while it is busy share the next run anyway. Default: 0.")
    private int waitMicros = QueryOptions.DEFAULT.longestWaitMicros();

    @Option(
            names = "--query-cache",
            paramLabel = "N",
            description = "Queries whose vectors are remembered, of each model; 0 for none. Default: 4096.")
    private int cache = QueryOptions.DEFAULT.cachedQueries();

    QueryOptions options() {
        try {
            return new QueryOptions(batch, waitMicros, cache);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--query-batch, --query-wait-micros, --query-cache: " + e.getMessage(), e);
        }
    }
}
