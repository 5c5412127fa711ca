package io.skiff.server.collection;

import io.skiff.encoder.Encoders;
import io.skiff.encoder.SparseEncoder;
import io.skiff.index.FieldInfo;
import io.skiff.index.IndexReader;
import io.skiff.index.SparseVector;
import io.skiff.scoring.SearchStrategy;
import io.skiff.scoring.Searcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An opened index under its name, with the encoders that its fields remember. Safe for use by several threads. */
public final class Collection implements AutoCloseable {
    private final String name;
    private final IndexReader reader;
    private final Searcher searcher;
    private final Searcher countingSearcher;
    private final Map<String, SparseEncoder> encoders;

    private Collection(String name, IndexReader reader, Map<String, SparseEncoder> encoders) {
        this.name = name;
        this.reader = reader;
        this.searcher = new Searcher(reader);
        this.countingSearcher = new Searcher(reader, SearchStrategy.EXHAUSTIVE);
        this.encoders = encoders;
    }

    /**
     * Opens the index in a directory.
     *
     * @throws IOException if it is no index or damaged, or remembers an encoder that this version cannot open
     */
    public static Collection open(String name, Path directory) throws IOException {
        IndexReader reader = IndexReader.open(directory);
        try {
            Map<String, SparseEncoder> encoders = new TreeMap<>();
            for (FieldInfo field : reader.fields().values()) {
                if (field.attributes().containsKey(Encoders.ENCODER_ATTRIBUTE)) {
                    encoders.put(field.name(), Encoders.ofAttributes(field.attributes()));
                }
            }
            return new Collection(name, reader, encoders);
        } catch (IllegalArgumentException e) {
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

    @Override
    public void close() {
        encoders.values().forEach(SparseEncoder::close);
        reader.close();
    }
}
