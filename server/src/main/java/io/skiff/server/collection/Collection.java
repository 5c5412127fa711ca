package io.skiff.server.collection;

import io.skiff.encoder.EncodingException;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.TokenStatistics;
import io.skiff.index.IndexReader;
import io.skiff.index.SegmentReader;
import io.skiff.index.SparseVector;
import io.skiff.scoring.Hit;
import io.skiff.scoring.SearchOptions;
import io.skiff.scoring.Searcher;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;
import io.skiff.server.chunk.ChunkSource;
import io.skiff.server.chunk.ChunkedSearch;
import io.skiff.server.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An index under its name as it stood at one moment, with the encoders of its fields: what one request searches. Safe for
 * use by several threads; {@link #close()} gives it back.
 */
public final class Collection implements AutoCloseable {
    private final String name;
    private final Snapshot snapshot;
    private final IndexFields fields;
    private final Runnable release;

    /** @param release run when it is closed */
    Collection(String name, Snapshot snapshot, IndexFields fields, Runnable release) {
        this.name = name;
        this.snapshot = snapshot;
        this.fields = fields;
        this.release = release;
    }

    /**
     * Opens the index in a directory, models on the best device; closing the collection closes all of it.
     *
     * @throws IOException if it is no index or damaged, or remembers an encoder that cannot be opened
     */
    public static Collection open(String name, Path directory) throws IOException {
        EncoderPool pool = new EncoderPool();
        try {
            BuiltIndex index = BuiltIndex.open(name, directory, pool, Optional.empty());
            return index.acquire(() -> {
                pool.close();
                index.close();
            });
        } catch (IOException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Opens the index in a directory; closing the collection closes the index.
     *
     * @param pool opens the encoders, and closes them when it is closed itself, not before this collection
     * @throws IOException if it is no index or damaged, or remembers an encoder that cannot be opened
     */
    public static Collection open(String name, Path directory, EncoderPool pool) throws IOException {
        BuiltIndex index = BuiltIndex.open(name, directory, pool, Optional.empty());
        return index.acquire(index::close);
    }

    /** The collection's name. */
    public String name() {
        return name;
    }

    /** The index. */
    public IndexReader reader() {
        return snapshot.reader();
    }

    /** The searcher over the index: exact hits, and the number of matches perhaps from below. */
    public Searcher searcher() {
        return snapshot.searcher();
    }

    /** A searcher with the same hits that counts every match, for which it has to read every posting of a query. */
    public Searcher countingSearcher() {
        return snapshot.countingSearcher();
    }

    /**
     * The best documents; of an index of chunks, each by its best chunk, and {@code totalHits} counts chunks.
     *
     * @param everyMatchCounted whether {@code totalHits} has to be exact
     * @throws IllegalArgumentException as {@link Searcher#search} does
     */
    public TopDocs search(SparseQuery query, SearchOptions options, boolean everyMatchCounted) {
        Searcher chosen = everyMatchCounted ? countingSearcher() : searcher();
        Optional<ChunkedSearch> chunks = snapshot.chunks();
        return chunks.isPresent() ? chunks.get().search(chosen, query, options) : chosen.search(query, options);
    }

    /** The id of the document that a hit is, or is a chunk of. */
    public String documentId(Hit hit) {
        Optional<ChunkedSearch> chunks = snapshot.chunks();
        return chunks.isPresent() ? chunks.get().documentId(hit) : segment(hit).externalId(hit.docId());
    }

    /** Whether long documents are cut into chunks, each of which is a document of the index. */
    public boolean isChunked() {
        return snapshot.chunks().isPresent();
    }

    /** Which part of its document a hit is; empty where documents are indexed whole. */
    public Optional<ChunkSource.Place> chunk(Hit hit) {
        return snapshot.chunks()
                .flatMap(present -> ChunkSource.place(segment(hit).source(hit.docId())));
    }

    private SegmentReader segment(Hit hit) {
        return reader().segments().get(hit.segment());
    }

    /** What the fields are. */
    public Schema schema() {
        return fields.schema();
    }

    /** The fields of vectors that a document's source is given without unless they are asked for. */
    public List<String> hiddenFields() {
        return fields.vectorFields();
    }

    /** The encoder of a field, if the field was made from text. */
    public Optional<SparseEncoder> encoder(String field) {
        return Optional.ofNullable(fields.encoders().get(field));
    }

    /** The first field, by name, that was made from text: what a query in words searches when no field is named. */
    public Optional<String> textField() {
        return fields.encoders().keySet().stream().findFirst();
    }

    /**
     * A query's vector under the field's encoder.
     *
     * @throws IllegalArgumentException if the field has no encoder
     */
    public SparseVector encodeQuery(String field, String text) {
        SparseEncoder encoder = encoder(field)
                .orElseThrow(() -> new IllegalArgumentException("field '" + field + "' of index '" + name
                        + "' was not made from text, query it with a vector"));
        return fields.queryEncoders().getOrDefault(field, encoder).encodeQuery(text, reader().statistics(field));
    }

    /**
     * A query's vector under a model that is named.
     *
     * @throws UnknownModelException if there is none of that name
     * @throws EncodingException if it cannot be opened any more
     */
    public SparseVector encodeQuery(String field, String text, String model) {
        return fields.models()
                .orElseThrow(() -> new UnknownModelException(model))
                .require(model)
                .encodeQuery(text, reader().statistics(field));
    }

    /** Why models cannot be opened that its fields are made by, or queried by. */
    public List<String> missingModels() {
        return Stream.concat(fields.encoders().values().stream(), fields.queryEncoders().values().stream())
                .filter(MissingModel.class::isInstance)
                .map(encoder -> ((MissingModel) encoder).reason())
                .distinct()
                .toList();
    }

    /** What pruning a query's tokens has to know of a field. */
    public TokenStatistics tokenStatistics(String field) {
        return snapshot.tokenStatistics(field);
    }

    /** Gives it back; it must not be used afterwards. */
    @Override
    public void close() {
        release.run();
    }
}
