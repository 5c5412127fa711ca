package io.skiff.server.demo;

import io.skiff.index.IndexCheck;
import io.skiff.index.IndexReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The place where the index of a demo is kept for the next start.
 *
 * <pre>
 *   CACHE/jdk/key.txt   the key of the collection that was indexed; written last
 *   CACHE/jdk/jdk/      the index, so that CACHE/jdk is a data folder that a server serves
 * </pre>
 */
public final class DemoIndex {
    private final Path dataFolder;
    private final DemoCollection collection;

    /** The place of a collection's index in a cache folder; neither has to exist. */
    public DemoIndex(Path cache, DemoCollection collection) {
        this.dataFolder = cache.resolve(collection.name());
        this.collection = collection;
    }

    /** Where demos are kept unless somebody says otherwise: {@code ~/.cache/skiff/demo}. */
    public static Path defaultCache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        // The XDG specification has relative paths ignored.
        Path base = cache != null && Path.of(cache).isAbsolute()
                ? Path.of(cache)
                : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("skiff").resolve("demo");
    }

    /** The folder that a server serves. */
    public Path dataFolder() {
        return dataFolder;
    }

    /** The index itself. */
    public Path directory() {
        return dataFolder.resolve(collection.name());
    }

    /** Whether a whole and undamaged index of these very documents is there; reads all of it. */
    public boolean isCurrent() throws IOException {
        return Files.exists(keyFile())
                && Files.readString(keyFile()).equals(collection.key())
                && IndexReader.isIndex(directory())
                && IndexCheck.run(directory(), bytes -> {}).isSound();
    }

    /** Builds the index anew; until it is whole, what is there is not taken for it. */
    public void rebuild(Build build) throws IOException {
        Files.createDirectories(dataFolder);
        Files.deleteIfExists(keyFile());
        build.run(directory());
        Files.writeString(keyFile(), collection.key());
    }

    /** Builds an index. */
    @FunctionalInterface
    public interface Build {
        /** Builds an index in a directory, in place of the one there, if any. */
        void run(Path directory) throws IOException;
    }

    private Path keyFile() {
        return dataFolder.resolve("key.txt");
    }
}
