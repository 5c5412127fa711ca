package io.skiff.server.collection;

import io.skiff.encoder.Encoders;
import io.skiff.encoder.SparseEncoder;
import io.skiff.index.IndexFormatException;
import io.skiff.index.IndexReader;
import io.skiff.index.live.IndexWriter;
import io.skiff.index.live.LiveDocument;
import io.skiff.index.live.LiveOptions;
import io.skiff.index.live.LiveStatistics;
import io.skiff.index.live.PackedDocument;
import io.skiff.index.store.Change;
import io.skiff.server.schema.FieldType;
import io.skiff.server.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index that is written while it is searched. Safe for use by several threads.
 *
 * <p>Searches take no lock. Writes share one, which closing takes alone; what changes the metadata holds the monitor of this
 * object, and puts it on the disk before anybody sees it.
 */
public final class LiveIndex implements ServedIndex {
    private static final Logger LOG = LoggerFactory.getLogger(LiveIndex.class);

    /** Something done with the writer. */
    interface Use<T> {
        T with(IndexWriter writer) throws IOException;
    }

    /** The same without a result. */
    private interface Step {
        void with(IndexWriter writer) throws IOException;
    }

    private final String name;
    private final Path directory;
    private final LiveFields liveFields;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final IndexWriter writer;
    private volatile IndexMetadata metadata;
    private volatile IndexFields fields;
    private volatile Snapshot snapshot;
    private volatile boolean gone;

    private LiveIndex(String name, Path directory, IndexWriter writer, IndexMetadata metadata, LiveFields liveFields)
            throws IOException {
        this.name = name;
        this.directory = directory;
        this.writer = writer;
        this.metadata = metadata;
        this.liveFields = liveFields;
        this.fields = liveFields.of(metadata);
    }

    /** Makes an empty index in a folder that is not there, and leaves it closed. */
    static void create(Path directory, IndexSettings settings, Schema schema) throws IOException {
        IndexMetadata metadata = new IndexMetadata(
                UUID.randomUUID().toString(), System.currentTimeMillis(), settings, schema, new TreeMap<>());
        try (IndexWriter writer = IndexWriter.create(directory, LiveOptions.DEFAULT)) {
            writer.putMetadata(IndexMetadata.KEY, metadata.toBytes());
        }
    }

    /** Makes the index in a folder, a copy of another one, one of its own. */
    static void adopt(Path directory) throws IOException {
        try (IndexWriter writer = IndexWriter.open(directory, LiveOptions.DEFAULT)) {
            writer.putMetadata(
                    IndexMetadata.KEY,
                    readMetadata(writer).withUuid(UUID.randomUUID().toString()).toBytes());
        }
    }

    /**
     * Opens the index in a folder.
     *
     * @throws IOException if it is damaged, or remembers an encoder that cannot be opened; the message names it
     */
    static LiveIndex open(String name, Path directory, LiveFields liveFields) throws IOException {
        IndexWriter writer = openWriter(directory);
        try {
            IndexMetadata metadata = readMetadata(writer);
            IndexSettings settings = metadata.settings();
            writer.change(settings.sync(), settings.refreshInterval());
            for (Map.Entry<String, Map<String, String>> field :
                    metadata.encoders().entrySet()) {
                writer.defineField(field.getKey(), Encoders.fieldOptions(field.getValue()));
            }
            return new LiveIndex(name, directory, writer, metadata, liveFields);
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw new IOException("index '" + directory + "': " + e.getMessage(), e);
        }
    }

    private static IndexWriter openWriter(Path directory) throws IOException {
        try {
            return IndexWriter.open(directory, LiveOptions.DEFAULT);
        } catch (IndexFormatException e) {
            throw new IndexFormatException(
                    e.getMessage() + "; 'skiff rebuild --index " + directory
                            + "' builds the segments again from the documents",
                    e);
        }
    }

    private static IndexMetadata readMetadata(IndexWriter writer) throws IOException {
        return IndexMetadata.parse(writer.metadata(IndexMetadata.KEY)
                .orElseThrow(() -> new IOException("was not made by the server, so its fields are not known")));
    }

    @Override
    public String name() {
        return name;
    }

    /** Tells it from other indexes, also from those that had its name before. */
    public String uuid() {
        return metadata.uuid();
    }

    /** When it was made, in milliseconds since 1970 UTC. */
    public long createdMillis() {
        return metadata.createdMillis();
    }

    /** Its fields as they are now. */
    public Schema schema() {
        return metadata.schema();
    }

    /** The fields of vectors that a document's source is given without unless they are asked for. */
    public List<String> hiddenFields() {
        return fields.vectorFields();
    }

    /** Its settings as they are now. */
    public IndexSettings settings() {
        return metadata.settings();
    }

    @Override
    public Collection acquire() {
        IndexReader reader;
        try {
            reader = writer.acquire();
        } catch (IllegalStateException e) {
            throw gone ? new IndexGoneException(name) : e;
        }
        Snapshot current = snapshot;
        if (current == null || current.reader() != reader) {
            current = current == null ? new Snapshot(reader) : current.reopened(reader);
            snapshot = current;
        }
        return new Collection(name, current, fields, reader::close);
    }

    /**
     * Does something with the writer, which stays open meanwhile.
     *
     * @throws IndexGoneException if the index was deleted
     * @throws UncheckedIOException if the disk fails
     */
    <T> T use(Use<T> use) {
        lock.readLock().lock();
        try {
            if (gone) {
                throw new IndexGoneException(name);
            }
            return use.with(writer);
        } catch (IOException e) {
            throw new UncheckedIOException("index [" + name + "]: " + e.getMessage(), e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void perform(Step step) {
        use(open -> {
            step.with(open);
            return null;
        });
    }

    /** The document of an id as it is now, found by searches or not yet. */
    public Optional<Change.Stored> get(String id) {
        return use(open -> open.get(id));
    }

    /**
     * Makes a document ready to be written.
     *
     * @throws io.skiff.index.InvalidDocumentException that says why the index does not take it
     */
    PackedDocument pack(LiveDocument document) {
        return use(open -> open.pack(document));
    }

    /** Carries out writes in their order; as durable on return as the settings say. */
    public List<DocumentResult> write(List<DocumentWrite> writes) {
        return LiveWriting.write(this, writes);
    }

    /** Makes what was written so far found by searches that begin from now on. */
    public void refresh() {
        perform(open -> open.refresh());
    }

    /** Puts everything on the disk, segments too. */
    public void flush() {
        perform(open -> open.flush());
    }

    /** Merges segments until there are at most so many. Does not keep the index from being deleted meanwhile. */
    public void forceMerge(int maxSegments) {
        try {
            writer.forceMerge(maxSegments);
        } catch (IOException | IllegalStateException e) {
            if (gone) {
                throw new IndexGoneException(name);
            }
            throw new UncheckedIOException(new IOException("index [" + name + "]: " + e.getMessage(), e));
        }
    }

    /** What keeps it from being written, or goes wrong in the background; reads memory alone. */
    public Optional<IOException> failure() {
        return writer.failure();
    }

    /** What it is and does. */
    public LiveStatistics statistics() {
        return use(IndexWriter::statistics);
    }

    /** Copies it as it is now into a folder that is not there. */
    public void snapshotTo(Path target) {
        perform(open -> open.snapshotTo(target));
    }

    /**
     * Adds fields.
     *
     * @throws io.skiff.server.schema.SchemaException if they do not fit those that are there
     */
    public void addFields(Schema added) {
        while (!replaceSchema(metadata.schema(), metadata.schema().merge(added))) {
            Thread.onSpinWait(); // a document has added fields meanwhile
        }
    }

    /** Puts a schema in place of the one that it was made from; false if that is not the index's any more. */
    @SuppressWarnings("ReferenceEquality") // it is about this very one; others are compared in full where they differ
    synchronized boolean replaceSchema(Schema before, Schema after) {
        if (metadata.schema() != before) {
            return false;
        }
        if (!before.equals(after)) {
            replaceMetadata(metadata.withSchema(after), open -> {});
        }
        return true;
    }

    /** Whether a field made from text has its encoder. */
    boolean hasEncoder(String field) {
        return fields.encoders().containsKey(field);
    }

    /** The encoder of a field made from text, chosen now if these are its first texts. */
    SparseEncoder encoder(String field, List<String> sample) {
        Optional<SparseEncoder> known = Optional.ofNullable(fields.encoders().get(field));
        return known.orElseGet(() -> chooseEncoder(field, sample));
    }

    private synchronized SparseEncoder chooseEncoder(String field, List<String> sample) {
        SparseEncoder known = fields.encoders().get(field);
        if (known != null) {
            return known;
        }
        FieldType type = metadata.schema().type(field).orElseThrow();
        try {
            Map<String, String> attributes = liveFields.choose(type, sample);
            replaceMetadata(
                    metadata.withEncoder(field, attributes),
                    open -> open.defineField(field, Encoders.fieldOptions(attributes)));
        } catch (IOException e) {
            throw new UncheckedIOException("field [" + field + "]: " + e.getMessage(), e);
        }
        return fields.encoders().get(field);
    }

    /** Has the writer follow what is on the disk before anybody sees it; after a crash between, opening does. */
    private void replaceMetadata(IndexMetadata changed, Step follow) {
        perform(open -> {
            IndexFields changedFields = liveFields.of(changed);
            open.putMetadata(IndexMetadata.KEY, changed.toBytes());
            follow.with(open);
            metadata = changed;
            fields = changedFields;
        });
    }

    /** Changes the settings, on the disk and in what the index does from now on. */
    public synchronized void changeSettings(IndexSettings changed) {
        replaceMetadata(metadata.withSettings(changed), open -> open.change(changed.sync(), changed.refreshInterval()));
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            gone = true;
            writer.close();
        } catch (IOException e) {
            LOG.error("index [{}] did not close well; what was acknowledged is read again when it is opened", name, e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Where it is. */
    Path directory() {
        return directory;
    }
}
