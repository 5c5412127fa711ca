package io.skiff.server.collection;

import io.skiff.index.IndexReader;
import io.skiff.index.live.IndexWriter;
import io.skiff.server.schema.Schema;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The indexes of a data directory: each folder in it that is an index, under the folder's name. Those that the server
 * has made can be written, those that {@code skiff index} has built are only read. Safe for use by several threads.
 *
 * <p>A folder whose name begins with a dot is no index. One that is being made or removed has such a name, so that after a
 * crash an index is there as a whole or not at all; what is left of it is removed with the next start.
 */
public final class Collections implements AutoCloseable {
    private static final String MAKING = ".making-";
    private static final String REMOVING = ".removing-";

    /** Where the server keeps what belongs to no index. */
    private static final String SERVER_FOLDER = ".skiff";

    /** Something that makes the folder of an index. */
    @FunctionalInterface
    public interface Making {
        /** Makes it; the folder is not there yet. */
        void at(Path folder) throws IOException;
    }

    private final SortedMap<String, ServedIndex> byName = new ConcurrentSkipListMap<>();
    private final Path data;
    private final EncoderPool pool;
    private final InferenceModels models;
    private final LiveFields liveFields;

    private Collections(Path data, EncoderPool pool, InferenceModels models) {
        this.data = data;
        this.pool = pool;
        this.models = models;
        this.liveFields = new LiveFields(pool, models);
    }

    /**
     * Opens every index in {@code data}; other folders and hidden ones are passed over.
     *
     * @throws IOException if {@code data} is not there or no directory, or one of the indexes cannot be opened
     */
    public static Collections open(Path data) throws IOException {
        return open(data, new EncoderPool());
    }

    /** The same without a folder of models that can be named. */
    public static Collections open(Path data, EncoderPool pool) throws IOException {
        return open(data, pool, Optional.empty());
    }

    /**
     * Opens every index in {@code data}; other folders and hidden ones are passed over.
     *
     * @param pool opens the encoders, each once for all indexes; closed with the collections
     * @param modelFolder below which the models are that can be given a name
     * @throws IOException if {@code data} is not there or no directory, or one of the indexes cannot be opened
     */
    public static Collections open(Path data, EncoderPool pool, Optional<Path> modelFolder) throws IOException {
        if (Files.notExists(data)) {
            throw new NoSuchFileException(data.toString());
        }
        if (!Files.isDirectory(data)) {
            throw new NotDirectoryException(data.toString());
        }
        InferenceModels models =
                InferenceModels.open(data.resolve(SERVER_FOLDER).resolve("inference.json"), modelFolder, pool);
        Collections collections = new Collections(data, pool, models);
        try (Stream<Path> folders = Files.list(data).sorted()) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                collections.open(folder.getFileName().toString(), folder);
            }
            return collections;
        } catch (IOException | RuntimeException e) {
            collections.close();
            throw e;
        }
    }

    private void open(String name, Path folder) throws IOException {
        if (name.startsWith(MAKING) || name.startsWith("." + MAKING) || name.startsWith(REMOVING)) {
            DurableFiles.delete(folder);
        } else if (name.startsWith(".")) {
            return;
        } else if (IndexWriter.isLive(folder) || IndexWriter.hasStore(folder)) {
            // One with a store, but without a manifest, is refused there rather than passed over.
            byName.put(name, LiveIndex.open(name, folder, liveFields));
        } else if (IndexReader.isIndex(folder)) {
            byName.put(name, BuiltIndex.open(name, folder, pool, Optional.of(models)));
        }
    }

    /** The index of that name as it stands now; to be closed by the caller. */
    public Optional<Collection> acquire(String name) {
        try {
            return Optional.ofNullable(byName.get(name)).map(ServedIndex::acquire);
        } catch (IndexGoneException e) {
            return Optional.empty();
        }
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

    /** The index of that name, if it is one that can be written. */
    public Optional<LiveIndex> live(String name) {
        return byName.get(name) instanceof LiveIndex live ? Optional.of(live) : Optional.empty();
    }

    /** The models that have a name. */
    public InferenceModels models() {
        return models;
    }

    /**
     * Makes an empty index that can be written.
     *
     * @param name one in which {@link IndexName#problem} finds nothing
     * @throws FileAlreadyExistsException if there is an index of that name, or something else in its place
     */
    public LiveIndex create(String name, IndexSettings settings, Schema schema) throws IOException {
        return add(name, folder -> LiveIndex.create(folder, settings, schema));
    }

    /**
     * Adds an index that {@code making} makes, as a whole or not at all.
     *
     * @param name one in which {@link IndexName#problem} finds nothing
     * @throws FileAlreadyExistsException if there is an index of that name, or something else in its place
     */
    public synchronized LiveIndex add(String name, Making making) throws IOException {
        if (IndexName.problem(name).isPresent()) {
            throw new IllegalArgumentException("'" + name + "' is no name for an index");
        }
        Path folder = data.resolve(name);
        if (byName.containsKey(name) || Files.exists(folder)) {
            throw new FileAlreadyExistsException(name);
        }
        Path aside = data.resolve(MAKING + UUID.randomUUID());
        making.at(aside);
        DurableFiles.move(aside, folder);
        LiveIndex index = LiveIndex.open(name, folder, liveFields);
        byName.put(name, index);
        return index;
    }

    /**
     * Adds a copy of an index.
     *
     * @param copy what {@link LiveIndex#snapshotTo} made; stays as it is
     * @throws FileAlreadyExistsException if there is an index of that name, or something else in its place
     */
    public LiveIndex addCopy(String name, Path copy) throws IOException {
        return add(name, folder -> {
            DurableFiles.copy(copy, folder);
            LiveIndex.adopt(folder);
        });
    }

    /** Where the server keeps a file that belongs to no index. */
    public Path serverFile(String name) {
        return data.resolve(SERVER_FOLDER).resolve(name);
    }

    /**
     * Removes an index that can be written, and its files. Searches that have it go on with what they have.
     *
     * @return whether it was there
     */
    public boolean delete(String name) throws IOException {
        Path aside = data.resolve(REMOVING + UUID.randomUUID());
        synchronized (this) {
            Optional<LiveIndex> index = live(name);
            if (index.isEmpty()) {
                return false;
            }
            byName.remove(name);
            index.get().close();
            DurableFiles.move(index.get().directory(), aside);
        }
        DurableFiles.delete(aside);
        return true;
    }

    /** Closes every index, then the encoders. */
    @Override
    public void close() {
        byName.values().forEach(ServedIndex::close);
        byName.clear();
        pool.close();
    }
}
