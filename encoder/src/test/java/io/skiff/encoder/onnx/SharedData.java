package io.skiff.encoder.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Public data that is not part of the project: a folder {@code shared/data} beside the checkout, or in SKIFF_SHARED. */
final class SharedData {
    private SharedData() {}

    /** A file or folder of it; skips the test, saying so, where it is not there. */
    static Path require(String name) {
        Optional<Path> found = Optional.empty();
        String named = System.getProperty("skiff.shared", System.getenv("SKIFF_SHARED"));
        Path folder = named == null ? Path.of("").toAbsolutePath() : Path.of(named);
        for (; folder != null && found.isEmpty(); folder = folder.getParent()) {
            Path shared = named == null ? folder.resolve("shared") : folder;
            found = Optional.of(shared.resolve("data").resolve(name)).filter(Files::exists);
        }
        Assumptions.assumeTrue(found.isPresent(), "skipped: no shared/data/" + name + " beside the checkout");
        return found.orElseThrow();
    }
}
