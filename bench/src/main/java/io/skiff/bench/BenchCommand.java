package io.skiff.bench;

import io.skiff.bench.harness.QualityCommand;
import io.skiff.bench.kernel.KernelsCommand;
import io.skiff.bench.load.LoadCommand;
import io.skiff.bench.search.SearchBenchCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code skiff bench}, a roof over the benchmarks. */
@Command(
        name = "bench",
        description = "Measures Skiff on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {KernelsCommand.class, SearchBenchCommand.class, QualityCommand.class, LoadCommand.class})
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which benchmark? One of: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
