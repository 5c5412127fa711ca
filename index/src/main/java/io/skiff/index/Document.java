package io.skiff.index;

import java.util.Map;
import java.util.Objects;

/**
 * What is added to an index.
 *
 * @param id external id, unique in the index, not empty, at most {@link Limits#MAX_ID_BYTES} bytes of UTF-8
 * @param vectors the sparse vector of each field, by field name; a document without any is stored and never found
 * @param source what is given back with a hit, by convention one JSON object in UTF-8; may be empty
 */
public record Document(String id, Map<String, SparseVector> vectors, byte[] source) {
    private static final byte[] NO_SOURCE = new byte[0];

    /** Copies the map; the bytes of the source are the caller's to leave alone. */
    public Document {
        Objects.requireNonNull(source, "source must not be null; an empty array stands for none");
        vectors = Map.copyOf(vectors);
    }

    /** A document of one field and no source. */
    public static Document of(String id, String field, SparseVector vector) {
        return new Document(id, Map.of(field, vector), NO_SOURCE);
    }
}
