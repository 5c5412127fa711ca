package io.skiff.server.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code skiff}: exit code 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "skiff",
        description = "Learned-sparse retrieval: index, search and serve sparse vectors and text.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLines.class,
        subcommands = {
            IndexCommand.class,
            SearchCommand.class,
            CheckCommand.class,
            RebuildCommand.class,
            EncodeCommand.class,
            ServeCommand.class,
            ApiKeyCommand.class,
            DemoCommand.class,
            ImportCiffCommand.class,
            ExportCiffCommand.class,
            ModelCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; one line on stderr says why", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  skiff demo",
            "  skiff index --index data/cacm cacm/",
            "  skiff search --index data/cacm --query \"time sharing systems\"",
            "  skiff serve --data data",
            "",
            "'skiff COMMAND --help' explains every option of a command."
        })
public final class Skiff implements Runnable {
    /** Set to anything, it shows the stack trace of a failure, as {@code --stacktrace} does. */
    private static final String STACKTRACE_VARIABLE = "SKIFF_STACKTRACE";

    private static final int HELP_WIDTH_CHARS = 110;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where in the program a failure came from (also: set " + STACKTRACE_VARIABLE + ").")
    private boolean stacktrace;

    private Skiff() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        CommandLine commandLine = commandLine();
        // UTF-8 whatever the locale: what is printed are documents and formats that are UTF-8.
        commandLine.setOut(new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        int exitCode;
        try {
            exitCode = commandLine.execute(arguments);
        } catch (OutOfMemoryError e) {
            commandLine
                    .getErr()
                    .println("skiff: out of memory (" + e.getMessage()
                            + "); give the JVM more, for example with SKIFF_JAVA_OPTS=-Xmx8g");
            exitCode = CommandLine.ExitCode.SOFTWARE;
        }
        commandLine.getOut().flush();
        commandLine.getErr().flush();
        System.exit(exitCode);
    }

    /** The command line, its commands and those of the modules above included. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Skiff());
        for (CommandContributor contributor : ServiceLoader.load(CommandContributor.class)) {
            contributor.commands().forEach(commandLine::addSubcommand);
        }
        VersionLines version = new VersionLines();
        commandLine
                .getSubcommands()
                .values()
                .forEach(each -> each.getCommandSpec().versionProvider(version));
        return commandLine
                .setUsageHelpWidth(HELP_WIDTH_CHARS)
                .setParameterExceptionHandler(Skiff::wrongUsage)
                .setExecutionExceptionHandler(Skiff::failed);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println("skiff: " + FailureMessage.oneLine(e.getMessage().replaceFirst("^Error: ", "")));
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, ParseResult result) {
        command.getOut().flush();
        command.getErr().println("skiff: " + FailureMessage.of(e));
        Skiff skiff = (Skiff) command.getCommandSpec().root().userObject();
        if (skiff.stacktrace || System.getenv(STACKTRACE_VARIABLE) != null) {
            e.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
