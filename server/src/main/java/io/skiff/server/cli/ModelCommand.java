package io.skiff.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code skiff model}, a roof over what is done with models. */
@Command(
        name = "model",
        description = "Look at models for encoding text.",
        mixinStandardHelpOptions = true,
        subcommands = ModelCheckCommand.class)
final class ModelCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "what with the model? One of: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
