package io.skiff.bench.quality;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real collections that are not part of the repository and may lie beside it, in a folder {@code shared}. */
final class SharedData {
    private SharedData() {}

    /** The file or folder of that name below {@code shared}, or null where it is not. */
    static Path find(String name) {
        String configured = System.getProperty("skiff.shared", System.getenv("SKIFF_SHARED"));
        if (configured != null) {
            Path path = Path.of(configured, name);
            return Files.exists(path) ? path : null;
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path path = folder.resolve("shared").resolve(name);
            if (Files.exists(path)) {
                return path;
            }
        }
        return null;
    }
}
