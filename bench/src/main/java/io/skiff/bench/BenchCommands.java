package io.skiff.bench;

import io.skiff.bench.quality.EvalCommand;
import io.skiff.server.cli.CommandContributor;
import java.util.List;

/** The commands of this module. */
public final class BenchCommands implements CommandContributor {
    @Override
    public List<Object> commands() {
        return List.of(new BenchCommand(), new EvalCommand());
    }
}
