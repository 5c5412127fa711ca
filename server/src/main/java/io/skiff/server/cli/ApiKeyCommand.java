package io.skiff.server.cli;

import io.skiff.server.security.ApiKeys;
import io.skiff.server.security.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skiff api-key}: makes a key for clients of {@code skiff serve --api-keys}. */
@Command(
        name = "api-key",
        description =
                "Make an API key, add its hash to a file of keys, and print it. It cannot be shown again; to revoke"
                        + " it, remove its line and start the server again.",
        mixinStandardHelpOptions = true,
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = {
            "  skiff api-key --keys keys.txt --name reader --scope read",
            "  skiff serve --data data --api-keys keys.txt",
            "  curl -H 'Authorization: ApiKey ...' http://127.0.0.1:9200/"
        })
final class ApiKeyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--keys",
            required = true,
            paramLabel = "FILE",
            description = "File of keys, made if it is not there.")
    private Path keys;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "What the key is for; letters, digits, dots, hyphens and underscores.")
    private String name;

    @Option(
            names = "--scope",
            split = ",",
            converter = ScopeConverter.class,
            paramLabel = "SCOPE",
            description = "What it allows: read, write, or both with a comma between. Default: read.")
    private Scope[] scopes = {Scope.READ};

    @Override
    public Integer call() throws IOException {
        EnumSet<Scope> allowed = EnumSet.noneOf(Scope.class);
        java.util.Collections.addAll(allowed, scopes);
        try {
            spec.commandLine().getOut().println(ApiKeys.create(keys, name, allowed));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return ExitCode.OK;
    }

    private static final class ScopeConverter extends ChoiceConverter<Scope> {
        ScopeConverter() {
            super(Scope.values());
        }
    }
}
