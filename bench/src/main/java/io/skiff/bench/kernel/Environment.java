package io.skiff.bench.kernel;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a number depends on, to be printed with it. */
final class Environment {
    private static final Path LINUX_CPU_INFO = Path.of("/proc/cpuinfo");

    private Environment() {}

    /** Processor, JDK and the flags of this JVM, a line each. */
    static String describe() {
        return "CPU: " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " threads\n"
                + "JDK: " + System.getProperty("java.vm.name") + " " + Runtime.version() + " ("
                + System.getProperty("java.vendor") + ")\n"
                + "Flags: "
                + String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(LINUX_CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(() -> System.getProperty("os.arch"));
        } catch (IOException e) {
            // Another system than Linux: its architecture is all that Java tells.
            return System.getProperty("os.arch");
        }
    }
}
