package io.skiff.server.cli;

import io.skiff.server.rest.WriteOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What may be written to a server, and where. */
final class WriteArguments {
    @Option(
            names = "--write-threads",
            paramLabel = "N",
            description = "Requests that write at a time. Default: as many as the machine has processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--auto-create-index",
            paramLabel = "BOOLEAN",
            arity = "1",
            description = "Whether the first document for an index that is not there makes it: true or false."
                    + " Default: true.")
    private boolean autoCreateIndex = true;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description =
                    "Folder of models; those in it can be given a name with PUT /_inference/sparse_embedding/NAME.")
    private Path models;

    @Option(
            names = "--snapshots",
            paramLabel = "DIR",
            description = "Folder below which repositories of snapshots may be; without it there can be none.")
    private Path snapshots;

    int threads() {
        return threads;
    }

    Optional<Path> models() {
        return Optional.ofNullable(models);
    }

    WriteOptions options() {
        return new WriteOptions(autoCreateIndex, Optional.ofNullable(snapshots));
    }
}
