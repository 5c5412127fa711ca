package io.skiff.bench.corpus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder of real vectors, which is never part of the project. */
final class RealVectors {
    private RealVectors() {}

    /** The folder; without one the test is skipped. */
    static Path directory() {
        String configured = System.getProperty("skiff.shared", System.getenv("SKIFF_SHARED"));
        Path found = configured == null ? upward() : Path.of(configured).resolve("data/splade");
        assumeTrue(
                found != null && Files.isDirectory(found),
                "skipped: no shared/data/splade in a folder above, and SKIFF_SHARED names none");
        return found;
    }

    private static Path upward() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve("shared/data/splade");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
