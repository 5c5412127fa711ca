package io.skiff.server.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A command of a later version: says so and exits as wrong usage does. */
abstract class UnavailableCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Taken, so that the answer is about the command and not about its arguments. */
    @Unmatched
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private List<String> arguments;

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), spec.name() + ": not available in this version");
    }

    @Command(
            name = "model",
            description = "Manage models for encoding text (not available in this version).",
            mixinStandardHelpOptions = true)
    static final class Model extends UnavailableCommand {}
}
