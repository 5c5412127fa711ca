package io.skiff.server.collection;

import io.skiff.index.IndexReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The collections of a data directory: each folder in it that is an index, under the folder's name. */
public final class Collections implements AutoCloseable {
    private final SortedMap<String, ServedIndex> byName = new ConcurrentSkipListMap<>();
    private final EncoderPool pool;

    private Collections(EncoderPool pool) {
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
        Collections collections = new Collections(pool);
        try (Stream<Path> folders = Files.list(data).sorted()) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                String name = folder.getFileName().toString();
                if (!name.startsWith(".") && IndexReader.isIndex(folder)) {
                    collections.byName.put(name, BuiltIndex.open(name, folder, pool));
                }
            }
            return collections;
        } catch (IOException | RuntimeException e) {
            collections.close();
            throw e;
        }
    }

    /** The index of that name as it stands now; to be closed by the caller. */
    public Optional<Collection> acquire(String name) {
        return Optional.ofNullable(byName.get(name)).map(ServedIndex::acquire);
    }

    /** The names of all indexes. */
    public SortedSet<String> names() {
        return new TreeSet<>(byName.keySet());
    }

    /** Shows each index to {@code action}, by name. */
    public void forEach(Consumer<Collection> action) {
        for (String name : names()) {
            acquire(name).ifPresent(collection -> {
                try (collection) {
                    action.accept(collection);
                }
            });
        }
    }

    @Override
    public void close() {
        byName.values().forEach(ServedIndex::close);
        pool.close();
    }
}
