package io.skiff.index.live;

import io.skiff.index.Document;
import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A document of a live index.
 *
 * @param id external id, not empty; a document takes the place of the one that has its id
 * @param vectors the sparse vector of each field, by field name
 * @param columns the typed values of each column, by column name; all values of a column, over all documents, are of one
 *     type
 * @param source what is given back, by convention one JSON object in UTF-8; may be empty
 */
public record LiveDocument(
        String id, Map<String, SparseVector> vectors, Map<String, List<ColumnValue>> columns, byte[] source) {
    /** Copies the maps and lists; the bytes of the source are the caller's to leave alone. */
    public LiveDocument {
        Objects.requireNonNull(source, "source must not be null; an empty array stands for none");
        vectors = Map.copyOf(vectors);
        columns = columns.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, column -> List.copyOf(column.getValue())));
    }

    /** A document of one field, without columns and source. */
    public static LiveDocument of(String id, String field, SparseVector vector) {
        return new LiveDocument(id, Map.of(field, vector), Map.of(), new byte[0]);
    }

    /** What a segment takes; a vector without tokens is none. */
    Document document() {
        Map<String, SparseVector> filled = vectors.entrySet().stream()
                .filter(vector -> !vector.getValue().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Document(id, filled, columns, source);
    }
}
