package io.skiff.server.cli;

import io.skiff.encoder.onnx.ExecutionOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that may run a model. */
final class ExecutionArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            converter = ProviderConverter.class,
            description = "What a model runs on: auto, cpu, cuda or tensorrt. auto takes CUDA where it can be had; cuda"
                    + " and tensorrt fail where they cannot. Default: auto.")
    private ExecutionOptions.Provider provider = ExecutionOptions.Provider.AUTO;

    @Option(names = "--device", paramLabel = "N", description = "Which GPU, from 0. Default: 0.")
    private int device;

    @Option(
            names = "--model-threads",
            paramLabel = "N",
            description = "Threads of one run of a model on the CPU; 0 for one a core. Default: 0.")
    private int modelThreads;

    private static final class ProviderConverter extends ChoiceConverter<ExecutionOptions.Provider> {
        ProviderConverter() {
            super(ExecutionOptions.Provider.values());
        }
    }

    ExecutionOptions options() {
        if (device < 0) {
            throw new ParameterException(spec.commandLine(), "--device must be 0 or more, got " + device);
        }
        if (modelThreads < 0) {
            throw new ParameterException(spec.commandLine(), "--model-threads must be 0 or more, got " + modelThreads);
        }
        return new ExecutionOptions(provider, device, modelThreads);
    }
}
