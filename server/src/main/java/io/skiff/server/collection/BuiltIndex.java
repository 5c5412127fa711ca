package io.skiff.server.collection;

import io.skiff.index.IndexReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** An index that was built in one go and is only read here. */
final class BuiltIndex implements ServedIndex {
    private final String name;
    private final Snapshot snapshot;
    private final IndexFields fields;

    private BuiltIndex(String name, Snapshot snapshot, IndexFields fields) {
        this.name = name;
        this.snapshot = snapshot;
        this.fields = fields;
    }

    /**
     * Opens the index in a directory.
     *
     * @param pool opens the encoders, and closes them when it is closed itself, not before this index
     * @param models those that a query can name
     * @throws IOException if it is no index or damaged, or remembers an encoder that cannot be opened
     */
    static BuiltIndex open(String name, Path directory, EncoderPool pool, Optional<InferenceModels> models)
            throws IOException {
        IndexReader reader = IndexReader.open(directory);
        try {
            return new BuiltIndex(name, new Snapshot(reader), IndexFields.ofBuilt(reader, pool, models));
        } catch (IllegalArgumentException | IOException e) {
            reader.close();
            throw new IOException("index '" + directory + "': " + e.getMessage(), e);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Collection acquire() {
        return acquire(() -> {});
    }

    /** The same, running something when it is closed. */
    Collection acquire(Runnable release) {
        return new Collection(name, snapshot, fields, release);
    }

    @Override
    public void close() {
        snapshot.reader().close();
    }
}
