package io.skiff.server.collection;

import io.skiff.encoder.Chunking;
import io.skiff.encoder.Encoders;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.TokenStatistics;
import io.skiff.index.FieldInfo;
import io.skiff.index.IndexReader;
import io.skiff.index.SegmentReader;
import io.skiff.index.SparseVector;
import io.skiff.scoring.Hit;
import io.skiff.scoring.SearchOptions;
import io.skiff.scoring.SearchStrategy;
import io.skiff.scoring.Searcher;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;
import io.skiff.server.chunk.ChunkSource;
import io.skiff.server.chunk.ChunkedSearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** An opened index under its name, with the encoders that its fields remember. Safe for use by several threads. */
public final class Collection implements AutoCloseable {
    private final String name;
    private final IndexReader reader;
    private final Searcher searcher;
    private final Searcher countingSearcher;
    private final Map<String, SparseEncoder> encoders;
    private final Optional<EncoderPool> ownPool;
    private final Optional<ChunkedSearch> chunks;
    private final Map<String, TokenStatistics> tokenStatistics = new ConcurrentHashMap<>();

    private Collection(
            String name, IndexReader reader, Map<String, SparseEncoder> encoders, Optional<EncoderPool> ownPool) {
        this.name = name;
        this.reader = reader;
        this.searcher = new Searcher(reader);
        this.countingSearcher = new Searcher(reader, SearchStrategy.EXHAUSTIVE);
        this.encoders = encoders;
        this.ownPool = ownPool;
        boolean chunked =
                reader.fields().values().stream().anyMatch(field -> Chunking.isRemembered(field.attributes()));
        this.chunks = chunked ? Optional.of(new ChunkedSearch(reader)) : Optional.empty();
    }

    /**
     * Opens the index in a directory, models on the best device.
     *
     * @throws IOException if it is no index or damaged, or remembers an encoder that cannot be opened
     */
    public static Collection open(String name, Path directory) throws IOException {
        EncoderPool pool = new EncoderPool();
        try {
            return open(name, directory, pool, Optional.of(pool));
        } catch (IOException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Opens the index in a directory.
     *
     * @param pool opens the encoders, and closes them when it is closed itself, not before this collection
     * @throws IOException if it is no index or damaged, or remembers an encoder that cannot be opened
     */
    public static Collection open(String name, Path directory, EncoderPool pool) throws IOException {
        return open(name, directory, pool, Optional.empty());
    }

    private static Collection open(String name, Path directory, EncoderPool pool, Optional<EncoderPool> ownPool)
            throws IOException {
        IndexReader reader = IndexReader.open(directory);
        try {
            Map<String, SparseEncoder> encoders = new TreeMap<>();
            for (FieldInfo field : reader.fields().values()) {
                if (field.attributes().containsKey(Encoders.ENCODER_ATTRIBUTE)) {
                    encoders.put(field.name(), pool.open(field.attributes()));
                }
            }
            return new Collection(name, reader, encoders, ownPool);
        } catch (IllegalArgumentException | IOException e) {
            reader.close();
            throw new IOException("index '" + directory + "': " + e.getMessage(), e);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** The collection's name. */
    public String name() {
        return name;
    }

    /** The index. */
    public IndexReader reader() {
        return reader;
    }

    /** The searcher over the index: exact hits, and the number of matches perhaps from below. */
    public Searcher searcher() {
        return searcher;
    }

    /** A searcher with the same hits that counts every match, for which it has to read every posting of a query. */
    public Searcher countingSearcher() {
        return countingSearcher;
    }

    /**
     * The best documents; of an index of chunks, each by its best chunk, and {@code totalHits} counts chunks.
     *
     * @param everyMatchCounted whether {@code totalHits} has to be exact
     * @throws IllegalArgumentException as {@link Searcher#search} does
     */
    public TopDocs search(SparseQuery query, SearchOptions options, boolean everyMatchCounted) {
        Searcher chosen = everyMatchCounted ? countingSearcher : searcher;
        return chunks.isPresent() ? chunks.get().search(chosen, query, options) : chosen.search(query, options);
    }

    /** The id of the document that a hit is, or is a chunk of. */
    public String documentId(Hit hit) {
        return chunks.isPresent() ? chunks.get().documentId(hit) : segment(hit).externalId(hit.docId());
    }

    /** Which part of its document a hit is; empty where documents are indexed whole. */
    public Optional<ChunkSource.Place> chunk(Hit hit) {
        return chunks.flatMap(present -> ChunkSource.place(segment(hit).source(hit.docId())));
    }

    private SegmentReader segment(Hit hit) {
        return reader.segments().get(hit.segment());
    }

    /** The encoder of a field, if the field was made from text. */
    public Optional<SparseEncoder> encoder(String field) {
        return Optional.ofNullable(encoders.get(field));
    }

    /** The first field, by name, that was made from text: what a query in words searches when no field is named. */
    public Optional<String> textField() {
        return encoders.keySet().stream().findFirst();
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
        return encoder.encodeQuery(text, reader.statistics(field));
    }

    /** What pruning a query's tokens has to know of a field. */
    public TokenStatistics tokenStatistics(String field) {
        return tokenStatistics.computeIfAbsent(field, each -> FieldTokens.of(reader, each));
    }

    @Override
    public void close() {
        ownPool.ifPresent(EncoderPool::close);
        reader.close();
    }
}
