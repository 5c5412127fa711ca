package io.skiff.server.cli;

import java.util.List;

/** Adds commands to the command line from a module above this one; found with {@link java.util.ServiceLoader}. */
public interface CommandContributor {
    /** Objects annotated with picocli's {@code @Command}, fresh ones. */
    List<Object> commands();
}
