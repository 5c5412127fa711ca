package io.skiff.bench.kernel;

import io.skiff.scoring.SimdSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The command {@code skiff bench kernels}: runs the benchmarks of this package under JMH. */
@Command(
        name = "kernels",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the scoring kernels, SIMD against scalar: the scan, the steps of a search by block bounds, "
                    + "and whole searches either way; an encoder's stages by name (TokenizerBenchmark, PoolingBenchmark, SparsifierBenchmark).",
            "Other options go to JMH: a pattern chooses benchmarks (ScanBenchmark, BlockMaxBenchmark, SearchBenchmark), "
                    + "-p kernels=scalar,simd256 a parameter, -prof gc the allocation profiler; see -jmhHelp."
        })
public final class KernelsCommand implements Callable<Integer> {
    @Option(names = "-jmhHelp", description = "Shows JMH's options.")
    private boolean jmhHelp;

    @Option(
            names = "--quick",
            description = "One fork and short iterations: a first impression within a minute or two.")
    private boolean quick;

    @Unmatched
    private List<String> jmhArguments = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try {
            CommandLineOptions given = new CommandLineOptions(jmhArguments.toArray(String[]::new));
            if (jmhHelp) {
                given.showHelp();
                return 0;
            }
            System.out.println(Environment.describe());
            System.out.println("Kernels: " + SimdSupport.describe() + " unless the parameter 'kernels' says otherwise");
            ChainedOptionsBuilder options = new OptionsBuilder().parent(given);
            if (given.getIncludes().isEmpty()) {
                options.include(KernelsCommand.class.getPackageName() + ".*");
            }
            if (quick) {
                shorten(options, given);
            }
            new Runner(options.build()).run();
            return 0;
        } catch (CommandLineOptionException e) {
            throw new ParameterException(spec.commandLine(), "JMH: " + e.getMessage(), e);
        } catch (RunnerException e) {
            spec.commandLine().getErr().println("error: JMH: " + e.getMessage());
            return 1;
        }
    }

    /** Short defaults for what was not given. */
    private static void shorten(ChainedOptionsBuilder options, CommandLineOptions given) {
        options.forks(given.getForkCount().orElse(1));
        options.warmupIterations(given.getWarmupIterations().orElse(2));
        options.warmupTime(given.getWarmupTime().orElse(TimeValue.milliseconds(500)));
        options.measurementIterations(given.getMeasurementIterations().orElse(3));
        options.measurementTime(given.getMeasurementTime().orElse(TimeValue.milliseconds(500)));
        if (!given.getParameter("documents").hasValue()) {
            options.param("documents", "20000");
        }
    }
}
