package io.skiff.server.collection;

import io.skiff.index.IndexReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The collections of a data directory: each folder in it that is an index, under the folder's name. */
public final class Collections implements AutoCloseable {
    private final Map<String, Collection> byName;
    private final EncoderPool pool;

    private Collections(Map<String, Collection> byName, EncoderPool pool) {
        this.byName = byName;
        this.pool = pool;
    }

    /**
     * Opens every index in {@code data}; other folders and hidden ones are passed over.
     *
     * @throws IOException if {@code data} is no directory or one of the indexes cannot be opened
     */
    public static Collections open(Path data) throws IOException {
        return open(data, new EncoderPool());
    }

    /**
     * Opens every index in {@code data}; other folders and hidden ones are passed over.
     *
     * @param pool opens the encoders, each once for all indexes; closed with the collections
     * @throws IOException if {@code data} is no directory or one of the indexes cannot be opened
     */
    public static Collections open(Path data, EncoderPool pool) throws IOException {
        if (!Files.isDirectory(data)) {
            throw new NotDirectoryException(data + " is not a directory");
        }
        Map<String, Collection> byName = new TreeMap<>();
        Collections collections = new Collections(byName, pool);
        try (Stream<Path> folders = Files.list(data).sorted()) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                String name = folder.getFileName().toString();
                if (!name.startsWith(".") && IndexReader.isIndex(folder)) {
                    byName.put(name, Collection.open(name, folder, pool));
                }
            }
            return collections;
        } catch (IOException | RuntimeException e) {
            collections.close();
            throw e;
        }
    }

    /** The collection of that name. */
    public Optional<Collection> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All collections, by name. */
    public Map<String, Collection> all() {
        return java.util.Collections.unmodifiableMap(byName);
    }

    @Override
    public void close() {
        byName.values().forEach(Collection::close);
        pool.close();
    }
}
