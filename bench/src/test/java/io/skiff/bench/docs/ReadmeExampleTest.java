package io.skiff.bench.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's library examples compile with the JVM's own compiler and print the hits that they should. */
class ReadmeExampleTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theLibraryExampleRuns() throws Exception {
        assertEquals(List.of("d1 2.10", "d2 0.40"), run(example(0)));
    }

    @Test
    void theLiveExampleRuns() throws Exception {
        assertEquals(List.of("d2 2.00"), run(example(1)));
    }

    /** The n-th Java block of the README as a source file. */
    private Path example(int number) throws Exception {
        Matcher block = JAVA_BLOCK.matcher(Files.readString(Checkout.root().resolve("README.md")));
        for (int i = 0; i <= number; i++) {
            assertTrue(block.find(), "README.md has Java example " + i);
        }
        Path source = folder.resolve("Example.java");
        Files.writeString(source, """
            import io.skiff.index.*;
            import io.skiff.index.live.*;
            import io.skiff.scoring.*;
            import java.nio.file.Path;
            import java.util.List;
            import java.util.Map;

            class Example {
                public static void main(String[] args) throws Exception {
            %s
                }
            }
            """.formatted(block.group(1)));
        return source;
    }

    /** Runs a source file in a JVM of its own, in the temporary folder; the lines that it printed. */
    private List<String> run(Path source) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--class-path",
                        absoluteClassPath(),
                        source.toString())
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        assertEquals(
                0,
                process.waitFor(),
                () -> "exit code; stderr: " + read(folder.resolve("errors")) + " stdout: " + read(output));
        return Files.readAllLines(output);
    }

    private static String absoluteClassPath() {
        StringBuilder path = new StringBuilder();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            path.append(path.isEmpty() ? "" : File.pathSeparator)
                    .append(Path.of(entry).toAbsolutePath());
        }
        return path.toString();
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
