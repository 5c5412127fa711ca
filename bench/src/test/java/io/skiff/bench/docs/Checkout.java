package io.skiff.bench.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that the tests run in. */
final class Checkout {
    private Checkout() {}

    /** Its root: the nearest folder upwards that holds the launcher. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException(
                    "no mvnw in any folder above " + Path.of("").toAbsolutePath());
        }
        return folder;
    }

    /** The Markdown documents, those at the root and those of the modules. */
    static List<Path> documents() throws IOException {
        try (Stream<Path> files =
                Files.find(root(), 2, (path, attributes) -> path.toString().endsWith(".md"))) {
            return files.sorted().toList();
        }
    }
}
