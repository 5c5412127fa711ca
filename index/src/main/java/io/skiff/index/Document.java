package io.skiff.index;

import io.skiff.index.columns.ColumnValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What is added to an index.
 *
 * @param id external id, unique in the index, not empty, at most {@link Limits#MAX_ID_BYTES} bytes of UTF-8
 * @param vectors the sparse vector of each field, by field name; a document without any is stored and never found
 * @param columns the typed values of each column, by column name; all values of a column are of one type
 * @param source what is given back with a hit, by convention one JSON object in UTF-8; may be empty
 */
public record Document(
        String id, Map<String, SparseVector> vectors, Map<String, List<ColumnValue>> columns, byte[] source) {
    private static final byte[] NO_SOURCE = new byte[0];

    /** Copies the maps and lists; the bytes of the source are the caller's to leave alone. */
    public Document {
        Objects.requireNonNull(source, "source must not be null; an empty array stands for none");
        vectors = Map.copyOf(vectors);
        columns = columns.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, column -> List.copyOf(column.getValue())));
    }

    /** A document without columns. */
    public Document(String id, Map<String, SparseVector> vectors, byte[] source) {
        this(id, vectors, Map.of(), source);
    }

    /**
     * Refuses what no index takes: a bad id, name or token, or what passes a {@linkplain Limits limit}.
     *
     * @throws InvalidDocumentException that names the document and what is wrong with it
     */
    public void verify() {
        new DocumentRules().check(this);
    }

    /** A document of one field and no source. */
    public static Document of(String id, String field, SparseVector vector) {
        return new Document(id, Map.of(field, vector), NO_SOURCE);
    }
}
